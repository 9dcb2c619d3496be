import { PageReader } from './html-text.ts'
import { StyleRules } from './element-style.ts'
import { readTags } from './tags.ts'

/** The lines of an HTML page as a browser shows them, without running scripts or fetching anything. */
export function htmlToText(html: string): string {
  const rules = new StyleRules()
  if (/<style/i.test(html)) {
    let isInStyle = false
    let css = ''
    readTags(
      html,
      { isXml: false },
      {
        open(name) {
          isInStyle = name === 'style'
        },
        close() {
          isInStyle = false
        },
        text(text) {
          if (isInStyle) css += text
        },
      },
    )
    rules.add(css)
  }
  const reader = new PageReader(rules)
  readTags(html, { isXml: false }, reader)
  return reader.finish()
}
