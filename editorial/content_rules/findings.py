"""What a rule found about a record, and whether editors have said that it may stand."""

from dataclasses import dataclass

from careerguide.rows import key_text
from editorial.content_rules.content import Record
from editorial.content_rules.registry import ContentRule
from editorial.states import address_of, name_of


@dataclass(frozen=True)
class ContentFinding:
    """`rule` has title, severity and name; `address` is where readers find the record."""

    rule: ContentRule
    record: Record
    sentence: str

    @property
    def label(self):
        return self.record.label

    @property
    def key(self):
        """The natural key of the record as JSON, as decisions name it."""
        return key_text(self.record.obj.natural_key())

    @property
    def name(self):
        return name_of(self.record.obj)

    @property
    def address(self):
        return address_of(self.record.obj)

    @property
    def is_public(self):
        return self.record.obj.is_public

    @property
    def severity(self):
        return self.rule.severity

    @property
    def severity_label(self):
        return self.rule.severity_label


def still_open(findings, decisions):
    """Those of the findings on which no decision says what they still say."""
    decided = {(one.rule, one.label, one.key, one.sentence) for one in decisions}
    return [one for one in findings if (one.rule.name, one.label, one.key, one.sentence) not in decided]
