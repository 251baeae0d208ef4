"""The words of the many cases: one stands in nearly all of them, one in a few of five thousand."""

WORDS = """
防災訓練 見守り 高齢者 子ども 学習支援 夕食 配達 買い物 空き店舗 商店街 公園 落ち葉 環境 健康 体操 移動販売
外国 ことば 就労 体験 介護 家族 相談 地域 団体 企業 大学 学生 農業 食材 自転車 駅前 広場 音楽 図書 読書 災害
備蓄 避難所 電力 通信 データ 地図 散策 湧水 花 ひまわり 祭り 工場 見学 写真
""".split()  # noqa: SIM905
RARE_2, RARE_6 = "藤沢", "希少語彙検索"
OFTEN_2, OFTEN_6 = "防災", "防災訓練見守"
