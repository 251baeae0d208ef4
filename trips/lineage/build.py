"""Builds the graph row by row: the meeting, the case, the journey, what came of it, and what that led to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from django.utils import timezone

from cityhall import calendar
from cityhall.models import ActedAs
from proposals.models import Encounter, Introduction, Organization, Proposal
from trips.lineage.graph import Edge, Graph, Mark, Node, Record, Row
from trips.lineage.rows import in_order
from trips.models import Event, EventLink, Link, Partner, Precision, Result, Trip, TripRecord
from trips.workflow import Kind

BORN = list(Mark)  # of several results the first kind gives the mark
ENDS = {Kind.ENDED: "終了", Kind.STOPPED: "始めたあとに中止", Kind.CANCELLED: "始める前に中止"}
MARKS = {Event.Kind.MEETING: Mark.MEETING}
GUESS = "前後関係からの推定"


class Builder:
    """Takes the rows of the tables in, one kind after the other, and gives the graph."""

    def __init__(self, trips: list[Trip], records: dict[tuple, TripRecord]):
        self.trips = {trip.pk: trip for trip in trips}
        self.records = records
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.case_rows: dict[int, Row] = {}
        self.home: dict[int, int | None] = {}  # case → the TRIP on whose row it stands
        self.lost: list[str] = []
        for trip in trips:
            self._open(trip)

    # --- journeys ----------------------------------------------------------------

    def _open(self, trip: Trip) -> None:
        if not trip.is_history:
            record = self.records.get((trip.pk, Kind.OPENED, ""))
            self._add(
                f"t{trip.pk}",
                Mark.TRIP,
                trip.opened_on,
                f"{trip.called} {trip.title}を開く",
                short="旅のはじまり",
                trip=trip,
                proof=Record(_day(trip.opened_on), _who(record), "共創プロジェクトの記録"),
            )
        for kind, words in ENDS.items():
            if record := self.records.get((trip.pk, kind, "")):
                proof = Record(_day(record.on), _who(record), "共創プロジェクトの記録")
                self._add(f"x{trip.pk}", Mark.END, record.on, words, short=words, trip=trip, proof=proof)

    def partners(self, partners: Iterable[Partner]) -> None:
        """Those who joined on a day that was written down; the proposers are there by their cases."""
        for partner in partners:
            words = str(partner)
            record = self.records.get((partner.trip_id, Kind.PARTNER, words))
            if record:
                about = _about(partner.organization)
                role = partner.role or "一緒に旅をする団体"
                self._add(
                    f"p{partner.pk}",
                    Mark.MEETING,
                    record.on,
                    f"{words}が加わる（{role}）",
                    short=f"{words}が加わる",
                    trip=self.trips[partner.trip_id],
                    about=about,
                    proof=Record(_day(record.on), _who(record), f"役割：{role}"),
                )

    def story(self, events: Iterable[Event], results: Iterable[Result]) -> None:
        """What happened, and what came of it: of an event that brought something the mark says what."""
        events, born = list(events), defaultdict(list)
        for result in results:
            born[result.event_id].append(result)
        for event in events:
            self._event(event, sorted(born[event.pk], key=lambda one: BORN.index(one.kind)))
        for result in born[None]:
            record = self.records.get((result.trip_id, Kind.RESULT, result.text))
            proof = Record(result.said_on, result.said_by or _who(record), result.evidence)
            self._dated(f"r{result.pk}", Mark(result.kind), result, proof=proof)

    def _event(self, event: Event, born: list[Result]) -> None:
        record = self.records.get((event.trip_id, Kind.EVENT, event.text))
        proof = Record(
            event.said_on, _who(record) if record else "", event.source or "共創プロジェクトの記録"
        )
        more = tuple(f"{one.get_kind_display()}：{one.text}（{one.evidence}、{one.said_by}）" for one in born)
        mark = Mark(born[0].kind) if born else MARKS.get(event.kind, Mark.HAPPENING)
        told = {"short": event.short, "strand": event.strand, "more": more}
        self._dated(f"e{event.pk}", mark, event, proof=proof, **told)

    def _dated(self, key, mark, told, *, short="", strand="", **more) -> None:
        self._add(
            key,
            mark,
            told.on,
            told.text,
            short=short or told.text,
            said_on=told.said_on,
            is_unsure=told.precision == Precision.UNKNOWN,
            trip=self.trips[told.trip_id],
            strand=strand,
            **more,
        )

    # --- cases and meetings ------------------------------------------------------

    def cases(self, travels: list, met: list[Introduction], idle: list[Proposal]) -> None:
        """Cases of the journeys, of meetings, and idle ones; the first of a TRIP stands on its row."""
        how = {one.proposal_id: one.how for one in (*travels, *met)} | {case.pk: case.how for case in idle}
        cases = {one.proposal_id: one.proposal for one in (*travels, *met)} | {case.pk: case for case in idle}
        taken = set()
        for travel in travels:
            if travel.trip_id not in taken and travel.proposal_id not in self.home:
                self.home[travel.proposal_id] = travel.trip_id
                taken.add(travel.trip_id)
        by_organization = defaultdict(list)
        for case in cases.values():
            by_organization[case.organization.living].append(case)
        for organization, theirs in by_organization.items():
            theirs.sort(key=lambda case: (case.first_contact_on, case.pk))
            self._organization(organization, theirs, how)
        for travel in travels:
            self._travel(travel)

    def _organization(self, organization: Organization, cases: list[Proposal], how: dict) -> None:
        first = cases[0]
        key = f"o{organization.pk}"
        way = Encounter.Kind(how[first.pk]).label if how[first.pk] else "初めての相談"
        self._add(
            key,
            Mark.MEETING,
            first.first_contact_on,
            f"{organization}と出会う（{way}）",
            short=str(organization),
            case=first,
            about=(key,),
        )
        for case in cases:
            self._case(case, key)
            way = Encounter.Kind(how[case.pk]).label if how[case.pk] else "初めての相談"
            proof = Record(_day(case.first_contact_on), "窓口", f"{way}の記録（{case.number}）")
            self._join(key, f"c{case.pk}", "相談・提案", proof)

    def _case(self, case: Proposal, organization: str) -> None:
        on = case.received_on or case.first_contact_on
        self._add(
            f"c{case.pk}",
            Mark.CASE,
            on,
            f"{case.number} {case.title}",
            short=case.title,
            case=case,
            about=(organization,),
            url=case.get_absolute_url(),
        )

    def _travel(self, travel) -> None:
        trip, case = self.trips[travel.trip_id], f"c{travel.proposal_id}"
        target = f"t{trip.pk}"
        number = travel.proposal.number
        if self.nodes[target].order < self.nodes[case].order or travel.joined_on > trip.opened_on:
            target = f"j{travel.pk}"
            words = f"{number}が加わる"
            self._add(target, Mark.HAPPENING, travel.joined_on, words, short=words, trip=trip)
        proof = Record(_day(travel.joined_on), "窓口", f"案件の参加（{number}）")
        self._join(case, target, "案件化", proof)

    def introductions(self, met: list[Introduction], sides: dict) -> None:
        """Meetings the desk arranged and that took place; one that went on leads to the TRIP opened since."""
        for one in met:
            if one.result == Introduction.Result.NOT_MET or (
                one.on > timezone.localdate() and not one.result
            ):
                continue
            names = [name for name, _ in sides.get(one.pk, ())]
            about = tuple(f"o{key}" for _, key in sides.get(one.pk, ()) if key)
            words = f"{'・'.join(names) or '地域の団体'}と会う"
            key, case = f"i{one.pk}", f"c{one.proposal_id}"
            said = one.get_result_display() or "結果はまだ"
            proof = Record(
                _day(one.on), f"{one.get_initiative_display()}の発案", f"引き合わせの記録（{said}）"
            )
            self._add(
                key, Mark.MEETING, one.on, f"{words}：{one.aim}", short=words, case=one.proposal, about=about
            )
            self._join(case, key, "引き合わせ", proof)
            home = self.home.get(one.proposal_id)
            if home and one.result == Introduction.Result.GOES_ON:
                self._join(key, f"t{home}", "引き合わせから", proof, must=False)

    # --- what led to what --------------------------------------------------------

    def event_links(self, links: Iterable[EventLink]) -> None:
        """Event to event, as the papers tell it or as one may guess."""
        for link in links:
            target = f"e{link.target_id}"
            proof = self.nodes[target].proof
            evidence = GUESS if link.is_guess else link.evidence
            record = Record(proof.said_on, proof.who, evidence)
            self._join(f"e{link.source_id}", target, "つながり", record, is_guess=link.is_guess)

    def links(self, links: Iterable[Link]) -> None:
        """Journey to journey: from the last thing the one had brought when the other began."""
        by_trip = defaultdict(list)
        for node in sorted(self.nodes.values(), key=lambda node: node.order):
            if node.trip and node.mark != Mark.END:
                by_trip[node.trip].append(node)
        for link in sorted(links, key=lambda link: link.pk):
            child, parent = by_trip[link.child_id], by_trip[link.parent_id]
            target = self.nodes.get(f"t{link.child_id}") or next(iter(child), None)
            earlier = [node for node in parent if target and node.order < target.order]
            names = f"{self.trips[link.parent_id].called} → {self.trips[link.child_id].called}"
            if not earlier:
                self.lost.append(f"{names}　{link.reason}")
                continue
            record = Record(_day(link.linked_on), "旅のつながりの記録", link.reason)
            self._join(earlier[-1].key, target.key, "次の旅", record)

    # --- putting it together -----------------------------------------------------

    def graph(self) -> Graph:
        """Everything in its order, each row's things joined by the order of their days."""
        nodes = sorted(self.nodes.values(), key=lambda node: node.order)
        by_row = defaultdict(list)
        for node in nodes:
            by_row[node.row].append(node)
        joined = {(edge.source, edge.target) for edge in self.edges}
        bands = [
            Edge(a.key, b.key, "同じ旅の続き", b.proof, is_band=True)
            for row in by_row.values()
            for a, b in pairwise(row)
            if a.trip and b.trip and (a.key, b.key) not in joined
        ]
        rows = in_order(self.trips.values(), self.case_rows.values(), nodes, self.edges)
        return Graph(nodes, [*self.edges, *bands], rows, list(self.trips.values()), self.lost)

    def _add(self, key, mark, on, text, *, trip=None, case=None, strand="", proof=None, **more) -> None:
        home = self.home.get(case.pk) if case else None
        if trip or home:
            row = f"t{trip.pk if trip else home}" + (f"/{strand}" if strand else "")
        else:
            row = f"c{case.pk}"
            url, title = case.get_absolute_url(), case.title
            self.case_rows[case.pk] = Row(row, title, case.number, url, is_fictional=case.is_fictional)
        proof = proof or Record(_day(on), "窓口", "案件の記録")
        told = {"said_on": _day(on), "url": trip.get_absolute_url() if trip else ""} | more
        self.nodes[key] = Node(
            key, mark, on, text=text, row=row, proof=proof, trip=trip.pk if trip else None, **told
        )

    def _join(self, source, target, kind, record, *, must=True, **more) -> None:
        """An edge, if it runs forward; one that must be there and does not is told."""
        if source not in self.nodes or target not in self.nodes:
            return
        if self.nodes[source].order < self.nodes[target].order:
            self.edges.append(Edge(source, target, kind, record, **more))
        elif must:
            self.lost.append(f"{self.nodes[source].short} → {self.nodes[target].short}")


def _about(organization: Organization | None) -> tuple[str, ...]:
    return (f"o{organization.living.pk}",) if organization else ()


def _day(day: date) -> str:
    return f"{calendar.wareki(day)}（{day.year}年）"


def _who(record: TripRecord | None) -> str:
    if record is None:
        return "窓口"
    if record.acted_as in (ActedAs.MEMBER, ActedAs.HEAD) and record.posting:
        return str(record.posting.department)
    return record.get_acted_as_display()
