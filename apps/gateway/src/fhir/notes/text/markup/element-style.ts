import type { Attributes } from './tags.ts'

/** How a page shows an element: hidden, struck out, or with its line breaks. */
export interface ElementStyle {
  readonly isHidden: boolean
  readonly isStruck: boolean
  readonly isPreformatted: boolean
}

const hiddenTags: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'title',
  'noscript',
  'object',
  'iframe',
  'frameset',
  'canvas',
  'audio',
  'video',
  'datalist',
  'metadata',
])
const struckTags: ReadonlySet<string> = new Set(['s', 'strike', 'del'])

/** The rules of a page's style sheet that hide or strike out, by tag, class and id. Other selectors are ignored. */
export class StyleRules {
  readonly #bySelector = new Map<string, string>()

  /** Adds the relevant rules of a style sheet, in one pass. */
  add(css: string): void {
    for (const rule of css.split('}')) {
      const brace = rule.lastIndexOf('{')
      if (brace === -1) continue
      const declarations = rule.slice(brace + 1).toLowerCase()
      if (!hides(declarations) && !strikes(declarations)) continue
      for (const selector of rule.slice(0, brace).split(','))
        this.#bySelector.set(selector.replaceAll(/\/\*[^*]*\*\//g, '').trim(), declarations)
    }
  }

  declarationsOf(name: string, attributes: Attributes): string {
    if (this.#bySelector.size === 0) return ''
    const classes = (attributes['class'] ?? '').split(/\s+/).slice(0, 50)
    const selectors = [
      name,
      `#${attributes['id'] ?? ''}`,
      ...classes.flatMap((one) => [`.${one}`, `${name}.${one}`]),
    ]
    return selectors.map((selector) => this.#bySelector.get(selector) ?? '').join(';')
  }
}

export function elementStyleOf(
  name: string,
  attributes: Attributes,
  rules: StyleRules,
): ElementStyle {
  const style = `${rules.declarationsOf(name, attributes)};${(attributes['style'] ?? '').toLowerCase()}`
  return {
    isHidden:
      hiddenTags.has(name) ||
      'hidden' in attributes ||
      (name === 'input' && attributes['type']?.toLowerCase() === 'hidden') ||
      (name === 'option' && !('selected' in attributes)) ||
      hides(style),
    isStruck:
      struckTags.has(name) ||
      strikes(style) ||
      // C-CDA narrative. @see http://hl7.org/cda/stds/core - StrucDoc.Content
      attributes['revised'] === 'delete',
    isPreformatted:
      name === 'pre' || name === 'textarea' || /white-space\s*:\s*(?:pre|break-spaces)/.test(style),
  }
}

const hides = (style: string) =>
  /(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0*(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!|;|$)|opacity\s*:\s*0*(?:\.0+)?\s*(?:!|;|$)|mso-hide\s*:\s*all)/.test(
    style,
  )
const strikes = (style: string) =>
  /text-decoration(?:-line)?\s*:[^;]{0,100}line-through/.test(style)
