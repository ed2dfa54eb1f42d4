"""What only a browser can tell: how a page is laid out and drawn."""

import re

OVERFLOWING = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return []
  return [...document.body.querySelectorAll('*')]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
    .slice(-3).map(element => element.outerHTML.slice(0, 120))
    .concat(`the document is ${document.documentElement.scrollWidth} px wide`)
}"""

# Words of letters alone that stand on more than one line: they were broken.
BROKEN_WORDS = """() => {
  const broken = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement
    if (!parent.checkVisibility() || parent.closest('.visually-hidden')) continue
    for (const word of node.data.matchAll(/(?<![^\\s])[A-Za-z]{2,20}(?![^\\s])/g)) {
      const range = document.createRange()
      range.setStart(node, word.index)
      range.setEnd(node, word.index + word[0].length)
      const lines = new Set([...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.top)))
      if (lines.size > 1) broken.push(word[0])
    }
  }
  return broken
}"""

# What a keyboard user sees of the focused element: nothing to see if neither an outline nor a shadow is drawn.
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect()
  return {
    what: element.outerHTML.slice(0, 120),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inWindow: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth,
    atBody: element === document.body,
  }
}"""


def luminance(page, selector, name):
    """Relative luminance, 0 for black and 1 for white, of a computed color; see WCAG 2.2. None if transparent."""
    text = page.locator(selector).first.evaluate("(element, name) => getComputedStyle(element)[name]", name)
    red, green, blue, *alpha = (float(part) for part in re.findall(r"[\d.]+", text))
    if alpha == [0]:
        return None
    parts = [part / 255 for part in (red, green, blue)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
