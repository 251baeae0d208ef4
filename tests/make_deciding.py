"""What the tests of ⑥ need besides `make`: cases with all that lies before a head, drafts, papers."""

from django.utils import timezone

from proposals.services import advance, assessing, decision_drafts, decisions, fairness, joint
from proposals.workflow import Step
from tests import make, make_files
from tests import make_logicmodels as lm


def referred(section=None, *, joint_with=(), **fields):
    """A case before ⑥ with an edition drawn here, two readings and a fairness log."""
    desk, section = make.desk(), section or make.department("架空の所管課")
    case = make.proposal(Step.LOGIC_MODEL, by=desk, section=section, **fields)
    lm.edition(by=desk, proposal=case)
    for other in joint_with:
        joint.name_joint(make.reload(case), other, by=desk)
    for reader, level in ((desk, 2), (make.desk(), 1)):
        assessing.assess(make.reload(case), by=reader, marks={1: (level, f"架空の言葉{level}")})
    fairness.write(make.reload(case), by=desk, **LOG)
    advance(make.reload(case), "refer", by=desk)
    return make.reload(case)


LOG = {
    "tender": "free",
    "tender_reason": "市の支出も、場所の独占もないため",
    "same_info": "架空の商店会に同じ案内を出した",
    "others": "なし",
    "route": "together",
}


def decide(case, head, name="go", **fields):
    told = {"decided_on": timezone.localdate(), "reason": "架空の理由", **fields}
    if name == "go_if":
        told.setdefault("conditions", [{"text": "架空の条件", "owner": "提案者"}])
    return decisions.decide(make.reload(case), name, by=head, **told)


def prepared(case, desk=None, **said):
    """代理入力: what the desk put down from the paper 決裁, with its copy."""
    return decision_drafts.prepare(
        make.reload(case),
        by=desk or make.desk(),
        said={"verdict": "go", "draft_number": "紙第1号", **said},
        draft_version=0,
        uploads=[make_files.upload("決裁.pdf", make_files.pdf())],
    )
