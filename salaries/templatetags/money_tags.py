from django import template

from salaries import money

register = template.Library()


@register.filter
def amount(figure):
    """A figure's median after its currency code, USD 357,000; or in words why there is none."""
    if figure.amount is None:
        return withheld(figure)
    return money.amount_with_code(figure.amount, figure.currency)


def withheld(figure):
    if figure.at_least is None:
        return "not released"
    return f"at or above {money.amount_with_code(figure.at_least, figure.currency)}"


@register.filter
def in_code(value, code):
    """An amount after a code; empty for none."""
    return "" if value is None else money.amount_with_code(value, code)


@register.filter
def in_thousands(value, code):
    """A converted amount, to the nearest thousand, after its code: USD 168,000; empty for none."""
    return "" if value is None else money.amount_with_code(money.thousands(value), code)


@register.simple_tag
def shown(figure, name, code):
    """One of a figure's amounts in the money of the view, to the nearest thousand; empty if it has none."""
    return in_thousands(figure.shown(getattr(figure, name)), code)


@register.filter
def currency_name(code):
    return money.currency_name(code)


@register.filter
def thousands(count):
    """A count with separators: 3,342."""
    return f"{count:,}"
