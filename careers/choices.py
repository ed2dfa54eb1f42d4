"""The closed lists of words that careers and their parts use."""

from django.db import models


class Stage(models.TextChoices):
    """The three career stages; reading lists are tied to them as well."""

    EARLY = "early", "Early career"
    MID = "mid", "Mid-career"
    SENIOR = "senior", "Senior career"


class DutyArea(models.TextChoices):
    CLINICAL_OVERSIGHT = "clinical-oversight", "Clinical oversight"
    QUALITY = "quality", "Quality and safety"
    POLICY = "policy", "Policy"
    STAFF = "staff", "Medical staff"
    ADMINISTRATION = "administration", "Administration"
    STRATEGY = "strategy", "Strategy"
    COMPLIANCE = "compliance", "Compliance"
    COLLABORATION = "collaboration", "Collaboration"
    COMMUNICATION = "communication", "Communication"


class QualificationKind(models.TextChoices):
    DEGREE = "degree", "Degree"
    LICENSE = "license", "License"
    TRAINING = "training", "Training"
    BOARD_CERTIFICATION = "board-certification", "Board certification"
    CREDENTIAL = "credential", "Credential"
    EXPERIENCE = "experience", "Experience"
    SKILL = "skill", "Skill"
    TRAIT = "trait", "Trait or interest"


class Necessity(models.TextChoices):
    REQUIRED = "required", "Required"
    USUAL = "usual", "Usually asked"
    HELPFUL = "helpful", "Helpful"
    DISPUTED = "disputed", "Disputed"


class Section(models.TextChoices):
    DAY = "day", "A working day"
    IMPACT = "impact", "What it changes"
    CHALLENGE = "challenge", "Challenges"
    REASON_NOT = "reason-not", "Reasons not to"
    PROJECT = "project", "Projects"
    WORKED_EXAMPLE = "worked-example", "Worked examples"
    GROWTH = "growth", "Personal growth"
    BENEFIT = "benefit", "Benefits"
    SELF_GUIDED = "self-guided", "Projects of your own"
    TIP = "tip", "Advice"
    INTERVIEW = "interview", "Interview preparation"
    PAY = "pay", "How it is paid"
    TREND = "trend", "Market trend"


class Relation(models.TextChoices):
    NEXT_STEP = "next-step", "Often the next step"
    STARTING_POINT = "starting-point", "Often where people come from"
    PEER = "peer", "Works beside it"
    OVERLAPS = "overlaps", "Overlaps with it"


class CredentialFactKind(models.TextChoices):
    """In the order in which the page of a credential shows them."""

    ELIGIBILITY = "eligibility", "Who may apply"
    EXAMINATION = "examination", "Examination"
    VALIDITY = "validity", "Validity and renewal"
    COST = "cost", "Cost"
    DEADLINE = "deadline", "Deadlines"
    LEGAL_FORCE = "legal-force", "Legal force"
    EVIDENCE = "evidence", "What is known of its effect"
    CONFUSED_WITH = "confused-with", "Often confused with"
    REJECTED_CLAIM = "rejected-claim", "Claims found and rejected"
