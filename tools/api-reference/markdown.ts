import { type Block, type Docstring, tagsNamed } from './docstring.ts'

/** The `#anchor` of each name in the reference. */
export type Anchors = ReadonlyMap<string, string>

/** The anchor that GitHub generates from a heading. */
export function anchorOf(heading: string): string {
  const kept = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
  return `#${kept.trim().replaceAll(' ', '-')}`
}

export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

/** Code that is linked if it contains exactly one name of the reference. */
export function typeCode(type: string, anchors: Anchors): string {
  const names = new Set(type.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu)?.filter((one) => anchors.has(one)))
  const [name] = names
  const anchor = names.size === 1 ? anchors.get(name ?? '') : undefined
  if (type === '') return ''
  return anchor === undefined ? code(type) : `[${code(type)}](${anchor})`
}

/** A docstring's prose, with names in backticks linked and HTML escaped. */
export function prose(text: string, anchors: Anchors): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index, parts) => {
      if (index % 2 === 0) return part.replaceAll(/<(?!https?:)(?=[\p{L}/!])/gu, '\\<')
      const anchor = anchors.get(part.slice(1, -1))
      const isLinked = parts[index - 1]?.endsWith('[') ?? false
      return anchor === undefined || isLinked ? part : `[${part}](${anchor})`
    })
    .join('')
}

/** The text of a `@throws`: `{QueueFullError} when …`. */
export function thrown(text: string, anchors: Anchors): string {
  const [, type, when = ''] = /^\{([^}]*)\}\s*(.*)$/.exec(text) ?? []
  if (type === undefined) return prose(text, anchors)
  return `${typeCode(type, anchors)} ${prose(when, anchors)}`.trim()
}

/** The text of a `@default`: a value at its start is shown as code, the rest as prose. */
export function defaultValue(text: string, anchors: Anchors): string {
  const value =
    /^(-?\d[\d_.]*|'[^']*'|true|false|undefined|null|\{\}|\[\])(?=$|[\s,:;])/.exec(text)?.[0] ?? ''
  return (value === '' ? '' : code(value)) + prose(text.slice(value.length), anchors)
}

export function blocks(docstring: Docstring | undefined, anchors: Anchors): readonly string[] {
  return docstring?.blocks.map((block) => blockText(block, anchors)) ?? []
}

function blockText(block: Block, anchors: Anchors): string {
  if (block.kind === 'prose') return prose(block.text, anchors)
  return ['```' + block.language, block.text, '```'].join('\n')
}

/** A docstring without its default, in one table cell. */
export function docstringCell(docstring: Docstring | undefined, anchors: Anchors): string {
  const parts = docstring?.blocks.map((block) =>
    block.kind === 'prose'
      ? prose(block.text, anchors).replaceAll(/\n(?=[-*] |\d+\. )/g, '<br>')
      : block.text.split('\n').map(code).join('<br>'),
  )
  const errors = tagsNamed(docstring, 'throws').map((text) => `Throws ${thrown(text, anchors)}`)
  return [...(parts ?? []), ...errors, ...otherTags(docstring, anchors)].join('<br>')
}

/** All tags except `@throws` and `@default`, one line each. */
export function otherTags(docstring: Docstring | undefined, anchors: Anchors): readonly string[] {
  const others = docstring?.tags.filter(({ name }) => name !== 'throws' && name !== 'default')
  return others?.map(({ name, text }) => `${capitalised(name)}: ${prose(text, anchors)}`) ?? []
}

export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n')
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${indented(item)}`).join('\n')
}

/** Indents all lines but the first, so that they belong to the list item. */
function indented(text: string): string {
  return text.replaceAll(/\n(?!\n)/g, '\n  ')
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
