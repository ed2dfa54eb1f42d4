from django import template

from salaries import money

register = template.Library()


@register.filter
def amount(figure):
    """A figure's amount after its currency code: USD 357,000."""
    return money.amount_with_code(figure.amount, figure.currency)


@register.filter
def currency_name(code):
    return money.currency_name(code)
