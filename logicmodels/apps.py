"""The app's name as the screens show it."""

from django.apps import AppConfig


class LogicModelsConfig(AppConfig):
    name = "logicmodels"
    verbose_name = "ロジックモデル"
