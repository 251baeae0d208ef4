"""Who may: one row an address. Whoever is not named is answered 404, a stranger is sent to the login."""

from tests.access.rows import (
    ADMIN,
    DESK,
    EVERYBODY,
    HEADS,
    ITS_HEAD,
    LOGGED_IN,
    MANAGER,
    NOBODY,
    SECTION,
    SECTIONS,
    STRANGER,
    Row,
    button,
    closed,
    deed,
    form,
    master,
    page,
)

PUBLIC = {
    "public:landing": Row(EVERYBODY),
    "public:propose": form(EVERYBODY),
    # without a draft in hand the start page says so; a part that is sent becomes a draft
    "public:propose_part": Row(EVERYBODY, sends=EVERYBODY, shown=404, taken=302, path="/propose/1/"),
    "public:propose_confirm": form(EVERYBODY, shown=404, taken=404),
    "public:propose_later": form(EVERYBODY, shown=404, taken=404),
    "public:draft_file": Row(EVERYBODY, shown=404, path="/propose/files/no-such-file"),
    "public:sent": Row(EVERYBODY),
    "public:receipt": form(EVERYBODY),
    "public:receipt_reply": form(EVERYBODY),  # without number and code: asks for both
    "public:receipt_withdraw": form(EVERYBODY),
    "public:receipt_copy": Row(EVERYBODY),
    "route:read": Row(EVERYBODY),
    "route:agree": form(EVERYBODY),
    "public:receipt_letter": Row(EVERYBODY, shown=302, path="/receipt/letter/1/"),
    "public:receipt_letter_pdf": Row(EVERYBODY, shown=302, path="/receipt/letter/1/pdf/"),
    "public:receipt_file": Row(EVERYBODY, shown=302, path="/receipt/files/no-such-paper"),
    "public:revise": form(EVERYBODY),
    "public:people": form(EVERYBODY),
    "public:receipt_gain": form(EVERYBODY),
    "public:lost": form(EVERYBODY),
    "public:lost_number": form(EVERYBODY),
    "public:lost_code": Row(EVERYBODY),
    "public:close_receipt": button(EVERYBODY),
    "public:themes": Row(EVERYBODY),
    "public:theme": Row(EVERYBODY, about="theme"),
    "public:status": Row(EVERYBODY),
    "public:paper": Row(EVERYBODY),
    "public:paper_sheet": Row(EVERYBODY, about="sheet of paper"),
    "public:paper_pdf": Row(EVERYBODY, shown=302, about="sheet of paper"),  # none made
    "public:help": Row(EVERYBODY),
    "public:robots": Row(EVERYBODY),
    "public:handling": Row(EVERYBODY),
    "public:privacy": Row(EVERYBODY),
    "public:accessibility": Row(EVERYBODY),
    "health": Row(EVERYBODY),
}

ACCOUNTS = {
    "account_login": form(STRANGER, led_on=LOGGED_IN),
    "account_logout": form(LOGGED_IN, taken=302, led_on=STRANGER),
    "account_change_password": form(LOGGED_IN),
    "account_reauthenticate": form(LOGGED_IN),
    "account_inactive": Row(EVERYBODY),
    "account_signup": closed(stranger=404),
    "account_set_password": closed(stranger=404),
}

SECTION_ROOM = {
    "section:home": Row(SECTIONS, led_on=DESK | MANAGER),
    "section:sheet": form(SECTION, about="sheet"),
    "section:sheet_paper": Row(SECTION | DESK, about="sheet"),
    "section:sheet_pdf": Row(SECTION | DESK, sends=SECTION | DESK, taken=302, about="sheet"),
    "section:gain": form(SECTION, about="match"),
    "section:introduction_paper": Row(SECTION | DESK, about="introduction"),
    "section:introduction_pdf": Row(SECTION | DESK, sends=SECTION | DESK, taken=302, about="introduction"),
    "section:take_back": button(ITS_HEAD, HEADS, about="sheet"),
    "section:connect": form(SECTIONS),
    "section:connect_of": form(SECTION, about="section"),
    "section:hints": Row(SECTIONS),
    "section:settings": form(SECTIONS),
    "section:chart": Row(SECTIONS),
    "section:theme_new": form(SECTIONS),
    "section:theme_new_of": form(SECTION, about="section"),
    "section:theme": Row(SECTION, about="theme"),
    "section:theme_write": form(SECTION, about="draft theme"),
    "section:theme_ask": button(SECTION, SECTIONS, about="theme"),
    "section:theme_close": button(SECTION, SECTIONS, about="theme"),
    "section:case": Row(SECTION | DESK | MANAGER, about="case"),
    "section:versions": Row(SECTION | DESK | MANAGER, about="case"),
    "section:decide": form(SECTION, about="case"),
    "section:rewrite": button(ITS_HEAD, HEADS, about="case"),
    "section:decision": Row(SECTION | DESK | MANAGER, about="conditional"),
    "section:consent": form(NOBODY, led_on=SECTION, about="joint"),  # its head: test_joint
    "section:fairness": form(SECTION, about="case"),
    "section:send_back": form(ITS_HEAD, led_on=SECTION, about="case"),
    "section:conditions": Row(ITS_HEAD, led_on=SECTION, about="conditional"),
    "section:settle": button(ITS_HEAD, HEADS, taken=200, about="conditional"),
    "section:fulfil": button(ITS_HEAD, HEADS, taken=200, about="conditional"),
    "section:lapse": button(ITS_HEAD, HEADS, taken=200, about="conditional"),
}

FIGURES = {
    "kpi:index": Row(DESK | HEADS | MANAGER),
    "kpi:cases": Row(DESK | HEADS | MANAGER, about="figure"),
}

READERS = DESK | SECTION | MANAGER
WORDS_OF_A_MODEL = ["words", "fix", "add_assumption", "assumption", "add_node", "node", "add_indicator"]
WORDS_OF_A_MODEL += ["indicator", "add_arrow", "arrow"]
BUTTONS_OF_A_MODEL = [
    "mend",
    "tidy",
    "back",
    "forward",
    "remove_assumption",
    "move_node",
    "remove_indicator",
    "remove_arrow",
]
LOGIC_MODELS = {
    "logicmodels:index": Row(DESK | SECTIONS | MANAGER),
    "logicmodels:new": form(DESK),
    "logicmodels:start": button(NOBODY),  # without a case there is nothing to begin with
    "logicmodels:booklets": form(DESK),
    "logicmodels:retry_booklet": button(DESK, about="booklet"),
    "logicmodels:model": Row(DESK | SECTION, led_on=MANAGER, about="model"),
    **{f"logicmodels:{name}": form(DESK, about="model") for name in WORDS_OF_A_MODEL},
    **{f"logicmodels:{name}": button(DESK, about="model") for name in BUTTONS_OF_A_MODEL},
    "logicmodels:remove_node": form(DESK, taken=302, about="model"),
    "logicmodels:edition": Row(READERS, about="model"),
    "logicmodels:order": button(NOBODY, about="model"),  # without a size there is nothing to order
    "logicmodels:paper": Row(READERS, about="model"),
    "logicmodels:print": Row(READERS, about="model"),
    "logicmodels:compare": Row(READERS, about="model"),
    "logicmodels:export": Row(READERS, about="model"),
    "logicmodels:final": button(DESK, about="model"),
    "logicmodels:ask": button(DESK, about="model"),
    "logicmodels:agree": button(ITS_HEAD, HEADS, about="model"),
    "files": Row(READERS, about="paper", stranger=404),
}

TRIPS = {
    "trips:list": Row(EVERYBODY),
    "trips:map": Row(EVERYBODY, about="map"),
    "trips:paper": Row(EVERYBODY, about="map"),
    "trips:pdf": form(READERS | SECTIONS, about="map", taken=302),
    "trips:playbook": Row(EVERYBODY, about="playbook"),
    "trips:open": form(DESK, about="adopted"),
    "trips:page": Row(READERS, about="trip"),
    "trips:move": form(ITS_HEAD, about="trip"),
    "trips:write": form(DESK | SECTION, about="trip"),
    "trips:write_one": form(DESK | SECTION, about="trip report"),
    "trips:report": Row(READERS, about="trip report"),
    "trips:files": Row(READERS, about="trip report"),
}

THE_DESK = {
    "admin:index": page(DESK | ADMIN),
    "admin:jsi18n": page(DESK | ADMIN),
    "admin:app_list": closed(path="/admin/cityhall/"),
    "admin/(?P<url>.*)$": closed(path="/admin/no-such-page/"),
    "admin:proposals_proposal_changelist": page(DESK),
    "admin:proposals_proposal_add": form(DESK),
    "admin:proposals_proposal_kept": form(DESK),
    "admin:proposals_proposal_bulk": Row(DESK, sends=DESK, shown=302, taken=302),
    "admin:proposals_proposal_export": form(DESK),
    "admin:proposals_proposal_job": page(DESK, about="job"),
    "admin:proposals_proposal_job_file": page(DESK, about="job"),
    "admin:proposals_proposal_change": page(DESK, about="case"),
    "admin:proposals_proposal_versions": page(DESK, about="case"),
    "admin:proposals_proposal_move": form(DESK, about="case"),
    "admin:proposals_proposal_receive": form(DESK, about="consultation"),
    "admin:proposals_proposal_release": form(DESK, about="case"),
    "admin:proposals_proposal_letter": page(DESK, about="told"),
    "admin:proposals_proposal_announce": form(DESK, about="conditional"),
    "admin:proposals_proposal_joint": Row(DESK, sends=DESK, shown=302, taken=302, about="case"),  # at ④, ⑤
    "admin:proposals_proposal_fairness": form(DESK, about="case"),
    "admin:proposals_proposal_prepare": form(DESK, about="case"),
    "admin:proposals_proposal_discard": Row(sends=DESK, taken=302, about="case"),
    "admin:proposals_proposal_talk": deed(about="case"),
    "admin:proposals_proposal_read": deed(taken=302, about="case"),
    "admin:proposals_proposal_contact": deed(about="case"),
    "admin:proposals_proposal_edit_contact": form(DESK, about="case"),
    "admin:proposals_proposal_code": form(DESK, about="case"),
    "admin:proposals_proposal_question": form(DESK, about="wish"),
    "admin:proposals_proposal_waive": form(DESK, about="sheet"),
    **{
        f"admin:proposals_proposal_{n}": deed(about="case")
        for n in ("summary", "gate", "ask", "lead", "consolidate")
    },
    **{
        f"admin:proposals_proposal_{name}": deed(about="case")
        for name in ("encounter", "note", "todo", "category")
    },
    "admin:proposals_proposal_settle": deed(taken=409, about="case"),
    "admin:proposals_proposal_undo": Row(DESK, sends=DESK, shown=302, taken=404, about="case"),
    "admin:proposals_proposal_correct_encounter": form(DESK, about="encounter"),
    "admin:proposals_proposal_finish_todo": Row(DESK, sends=DESK, shown=302, taken=302, about="todo"),
    "admin:proposals_proposal_viewpoints": form(DESK, about="case"),
    "admin:proposals_proposal_texts": form(DESK, about="case"),
    "admin:proposals_proposal_history": page(DESK, about="case"),
    "admin:proposals_proposal_letters": page(DESK, about="case"),
    "admin:proposals_proposal_merge": form(DESK, about="sheet"),
    "admin:proposals_proposal_relate": form(DESK, about="case"),
    "admin:proposals_proposal_unrelate": deed(taken=302, about="pair"),
    "admin:proposals_proposal_split": form(DESK, about="case"),
    "admin:proposals_proposal_hints": page(DESK),
    **{f"admin:proposals_proposal_{name}": deed(about="hint") for name in ("join_hint", "answer_hint")},
    "admin:proposals_proposal_match": form(DESK, about="match"),
    "admin:proposals_proposal_match_side": form(DESK, about="match"),
    "admin:proposals_proposal_introductions": page(DESK),
    "admin:proposals_proposal_candidates": page(DESK, about="case"),
    "admin:proposals_proposal_dismiss": form(DESK, about="candidate"),
    "admin:proposals_proposal_restore_candidate": deed(taken=302, about="dismissal"),
    "admin:proposals_proposal_first_ones": page(DESK),
    "admin:proposals_proposal_introduce": form(DESK, about="case"),
    "admin:proposals_proposal_introduction": page(DESK, about="introduction"),
    "admin:proposals_proposal_edit_introduction": form(DESK, about="introduction"),
    "admin:proposals_proposal_introduction_result": form(DESK, about="introduction"),
    "admin:proposals_proposal_correct_introduction": form(DESK, about="introduction"),
    "admin:proposals_proposal_seeds": page(DESK),
    "admin:proposals_proposal_without_next": page(DESK),
    "admin:proposals_proposal_case_seeds": form(DESK, about="case"),
    "admin:proposals_proposal_dossier": form(DESK, about="case"),
    "admin:proposals_proposal_drop_seed": form(DESK, about="seed"),
    "admin:import_bring": form(DESK, about="table"),
    "admin:import_look": Row(DESK, sends=DESK, taken=302, about="table"),
    "admin:import_refused": page(DESK, about="table"),
    "admin:proposals_proposal_handover": form(DESK),
    "admin:proposals_proposal_handed": form(DESK, about="case"),
    "admin:auth_user_password_change": form(ADMIN, about="cityhall_user"),
    **master("cityhall_department", reads=DESK, changes=ADMIN),
    **master("cityhall_closedday", reads=DESK, changes=ADMIN),
    **master("cityhall_user", changes=ADMIN),
    **master("cityhall_posting", changes=ADMIN),
    **master("cityhall_outgoingmail", reads=DESK),
    "admin:cityhall_outgoingmail_resend": Row(DESK, sends=DESK, shown=302, about="cityhall_outgoingmail"),
    "admin:cityhall_outgoingmail_settle": Row(
        DESK, sends=DESK, shown=302, taken=302, about="cityhall_outgoingmail"
    ),
    **master("proposals_theme", changes=DESK),
    "admin:proposals_theme_asked": page(DESK),
    "admin:proposals_theme_fits": page(DESK, about="proposals_theme"),
    **{
        f"admin:proposals_theme_{name}": Row(DESK, sends=DESK, shown=302, about="proposals_theme")
        for name in ("publish", "send_back")
    },
    **master("proposals_replytext", changes=DESK),
    **master("proposals_measure", changes=DESK),
    "admin:proposals_meeting_changelist": form(DESK),
    "admin:proposals_meeting_change": page(DESK, about="meeting"),
    "admin:proposals_meeting_minutes": form(DESK, about="meeting"),
    "admin:proposals_meeting_pdf": Row(DESK, sends=DESK, shown=302, taken=405, about="meeting"),  # none made
    "admin:proposals_meeting_xlsx": page(DESK, about="meeting"),
    "admin:proposals_support_changelist": page(DESK),
    "admin:proposals_support_add": form(DESK),
    **{
        f"admin:proposals_support_{n}": form(DESK, about="support")
        for n in ("change", "take_back", "give_up")
    },
    "admin:proposals_organization_changelist": page(DESK),
    "admin:proposals_organization_change": page(DESK, about="proposals_organization"),
    "admin:proposals_organization_people": Row(DESK, sends=DESK, shown=302, about="proposals_organization"),
    **{
        f"admin:proposals_organization_{n}": form(DESK, about="proposals_organization")
        for n in ("edit", "wait", "merge")
    },
    "admin:proposals_resource_changelist": page(DESK),
    "admin:proposals_resource_add": form(DESK),
    "admin:proposals_resource_export": page(DESK, path="/admin/proposals/resource/export/?format=csv"),
    "admin:proposals_resource_map": page(DESK),
    "admin:proposals_resource_book": page(DESK, about="area"),
    "admin:proposals_resource_book_pdf": form(DESK, taken=302, about="area"),
    "admin:proposals_resource_change": page(DESK, about="proposals_resource"),
    "admin:proposals_resource_contact": Row(DESK, sends=DESK, shown=302, about="proposals_resource"),
    **{
        f"admin:proposals_resource_{n}": form(DESK, about="proposals_resource")
        for n in ("edit", "verify", "consent", "remove")
    },
}

TABLE = PUBLIC | ACCOUNTS | SECTION_ROOM | FIGURES | LOGIC_MODELS | TRIPS | THE_DESK
