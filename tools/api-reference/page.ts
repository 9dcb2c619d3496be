import { posix } from 'node:path'
import type { Item } from './declaration.ts'
import { firstSentence, tagsNamed } from './docstring.ts'
import {
  type Anchors,
  anchorOf,
  blocks,
  bullets,
  code,
  defaultValue,
  docstringCell,
  otherTags,
  prose,
  table,
  thrown,
  typeCode,
} from './markdown.ts'
import type { Member } from './member.ts'
import type { Parameter } from './signature.ts'

export interface PageOptions {
  readonly packageName: string
  /** The relative path from the page to the package. */
  readonly packagePath: string
}

/** The reference as Markdown: items grouped by folder, in the order of the items. */
export function renderPage(items: readonly Item[], options: PageOptions): string {
  const anchors = new Map(items.map((item) => [item.name, anchorOf(headingOf(item))]))
  const folders = Map.groupBy(items, (item) => posix.dirname(item.file))
  const contents = [...folders].map(
    ([folder, members]) => `**${folder}**\n\n${bullets(members.map(contentsLine))}`,
  )
  const sections = [...folders].map(([folder, members]) =>
    [`## ${folder}`, ...members.map((item) => itemSection(item, anchors, options))].join('\n\n'),
  )
  const parts = [
    `# API of ${options.packageName}`,
    'Generated from the docstrings by `npm run api-reference`; edit those.',
    ...contents,
    ...sections,
  ]
  return `${parts.join('\n\n')}\n`
}

function headingOf(item: Item): string {
  return `${item.kind} ${item.name}`
}

function contentsLine(item: Item): string {
  const sentence = prose(firstSentence(item.docstring), new Map())
  const link = `[${item.name}](${anchorOf(headingOf(item))})`
  return sentence === '' ? link : `${link}: ${sentence}`
}

function itemSection(item: Item, all: Anchors, { packagePath }: PageOptions): string {
  const anchors = new Map([...all].filter(([name]) => name !== item.name))
  const { docstring } = item
  const errors = tagsNamed(docstring, 'throws').map((text) => thrown(text, anchors))
  const defaults = tagsNamed(docstring, 'default').map((text) => defaultValue(text, anchors))
  const parents = item.parents.filter((name) => anchors.has(name))
  const kinds = parents.map((name) => typeCode(name, anchors)).join(' and ')
  const parts = [
    `### ${headingOf(item)}`,
    ...blocks(docstring, anchors),
    errors.length === 0 ? '' : `Throws:\n\n${bullets(errors)}`,
    ...defaults.map((text) => `Default: ${text}`),
    ...otherTags(docstring, anchors),
    ['```ts', item.signature, '```'].join('\n'),
    kinds === '' ? '' : `A kind of ${kinds}.`,
    membersText(item, anchors),
    `In [${item.file}](${posix.join(packagePath, item.file)}).`,
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function membersText(item: Item, anchors: Anchors): string {
  if (item.members.length === 0) return ''
  if (item.kind === 'interface') return membersTable(item.members, anchors)
  // A getter and its setter are one property.
  const listed = item.members.filter(
    (one, index, all) =>
      one.kind !== 'property' || all.findIndex(({ name }) => name === one.name) === index,
  )
  return bullets(listed.map((one) => memberItem(item, one, anchors)))
}

function membersTable(members: readonly Member[], anchors: Anchors): string {
  const rows = members.map((member) => [
    code(member.name + (member.isOptional ? '?' : '')),
    typeCode(member.type, anchors),
    tagsNamed(member.docstring, 'default')
      .map((text) => defaultValue(text, anchors))
      .join('<br>'),
    docstringCell(member.docstring, anchors),
  ])
  const all = [['Name', 'Type', 'Default', 'Meaning'], ...rows]
  const hasDefaults = rows.some(([, , value]) => value !== '')
  return table(hasDefaults ? all : all.map((row) => row.toSpliced(2, 1)))
}

function memberItem(item: Item, member: Member, anchors: Anchors): string {
  const { docstring } = member
  const [first = '', ...others] = blocks(docstring, anchors)
  const isProse = docstring?.blocks[0]?.kind === 'prose'
  const label = memberLabel(item, member, anchors)
  const facts = [
    ...(member.kind === 'constructor' ? member.parameters : []).map((one) =>
      parameterText(one, anchors),
    ),
    ...tagsNamed(docstring, 'default').map((text) => `Default: ${defaultValue(text, anchors)}`),
    ...tagsNamed(docstring, 'throws').map((text) => `Throws ${thrown(text, anchors)}`),
    ...otherTags(docstring, anchors),
  ]
  const lead = isProse ? `${label}: ${first}` : [label, first].filter(Boolean).join('\n\n')
  const text = [lead, ...others].join('\n\n')
  return facts.length === 0 ? text : `${text}\n${bullets(facts)}`
}

/** The call as a caller writes it; for a property, its name and type. */
function memberLabel(item: Item, member: Member, anchors: Anchors): string {
  const owner = member.isStatic ? `${item.name}.` : ''
  const list = member.parameters.map(({ name, isOptional }) => name + (isOptional ? '?' : ''))
  if (member.kind === 'constructor') return code(`new ${item.name}(${list.join(', ')})`)
  if (member.kind === 'method') return code(`${owner}${member.name}(${list.join(', ')})`)
  const type = typeCode(member.type, anchors)
  return code(owner + member.name) + (type === '' ? '' : ` (${type})`)
}

function parameterText(parameter: Parameter, anchors: Anchors): string {
  const type = typeCode(parameter.type, anchors)
  const { name, default: value } = parameter
  const facts = [type, value === undefined ? '' : `default ${code(value)}`].filter(Boolean)
  return [code(name), facts.join(', ')].filter(Boolean).join(': ')
}
