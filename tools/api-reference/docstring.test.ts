import { describe, expect, test } from 'vitest'
import { firstSentence, parseDocstring, tagsNamed } from './docstring.ts'

describe('a docstring', () => {
  test('keeps its paragraphs, and its diagrams as code', () => {
    const docstring = parseDocstring(`*
 * Opens — and closes.
 * Again.
 *
 *   closed ──► open
 *     ▲─────────┘
 *
 * \`\`\`ts
 * run('@default')
 * \`\`\`
 `)

    expect(docstring).toEqual({
      blocks: [
        { kind: 'prose', text: 'Opens — and closes.\nAgain.' },
        { kind: 'code', language: 'text', text: 'closed ──► open\n  ▲─────────┘' },
        { kind: 'code', language: 'ts', text: "run('@default')" },
      ],
      tags: [],
    })
    expect(firstSentence(docstring)).toBe('Opens — and closes.')
  })

  test('has its tags at the end of a line too, and none inside backticks', () => {
    const docstring = parseDocstring(`*
 * Not \`@see this\`, nor
 * @scope/name. @default 'basic'
 * @throws {RangeError} when it is
 *   out of range
 * @see RFC 9110 `)

    expect(docstring.blocks).toEqual([
      { kind: 'prose', text: 'Not `@see this`, nor\n@scope/name.' },
    ])
    expect(docstring.tags).toEqual([
      { name: 'default', text: "'basic'" },
      { name: 'throws', text: '{RangeError} when it is out of range' },
      { name: 'see', text: 'RFC 9110' },
    ])
    expect(tagsNamed(docstring, 'see')).toEqual(['RFC 9110'])
  })
})
