import { posix } from 'node:path'
import { declarationsOf, type Item } from './declaration.ts'
import type { Docstring } from './docstring.ts'
import type { Member } from './member.ts'
import { SourceFile } from './source-file.ts'

/**
 * The exports of `entry`, in order. A member without a docstring gets that of the interface or class it comes from.
 *
 * @throws {Error} for a wildcard, a renaming, or an export from another package
 */
export function readReference(entry: string, readText: (path: string) => string): readonly Item[] {
  const sources = new Map<string, SourceFile>()
  const open = (path: string): SourceFile => {
    const source = sources.get(path) ?? new SourceFile(path, readText(path))
    sources.set(path, source)
    return source
  }
  const names = new Set(exportsOf(open(entry)).map(({ name }) => name))
  const items = [...names].flatMap((name) => resolveExport(open, entry, name))
  return items.map((item) => ({
    ...item,
    members: item.members.map((member) => ({
      ...member,
      docstring: docstringOf(item, member, items),
    })),
  }))
}

/** The items (`X`) and members (`X.member`) without a docstring. */
export function undocumented(items: readonly Item[]): readonly string[] {
  return items.flatMap((item) => {
    const documented = new Set(
      item.members.filter((one) => one.docstring !== undefined).map((one) => one.name),
    )
    const bare = item.members.filter(
      (one) =>
        !documented.has(one.name) &&
        !one.isOverride &&
        !(one.kind === 'constructor' && one.parameters.length === 0),
    )
    const members = new Set(bare.map((one) => `${item.name}.${one.name}`))
    return [...(item.docstring === undefined ? [item.name] : []), ...members]
  })
}

interface Export {
  readonly name: string
  /** The file that it is exported from; the same file if it is declared there. */
  readonly from: string
}

function exportsOf(source: SourceFile): readonly Export[] {
  return source.program.body.flatMap((statement): readonly Export[] => {
    if (statement.type === 'ExportAllDeclaration')
      throw new Error(`${source.path} exports everything of a file; list the names instead`)
    if (statement.type !== 'ExportNamedDeclaration') return []
    const target = statement.source?.value
    const from = target === undefined ? source.path : posix.join(posix.dirname(source.path), target)
    if (target !== undefined && !target.startsWith('.'))
      throw new Error(`${source.path} exports from ${target}, which is outside of the package`)
    const named = statement.specifiers.map(({ local, exported }) => {
      const name = source.raw(exported)
      if (source.raw(local) !== name) throw new Error(`${source.path} renames ${name}`)
      return { name, from }
    })
    const { declaration } = statement
    if (declaration === null) return named
    const ids =
      declaration.type === 'VariableDeclaration'
        ? declaration.declarations.map((one) => one.id)
        : ['id' in declaration ? declaration.id : null]
    const names = ids.flatMap((id) => (id?.type === 'Identifier' ? [id.name] : []))
    return names.map((name) => ({ name, from }))
  })
}

/** The declarations of a name, found through the files that re-export it. */
function resolveExport(
  open: (path: string) => SourceFile,
  path: string,
  name: string,
): readonly Item[] {
  const source = open(path)
  const declared = declarationsOf(source, name)
  if (declared.length > 0) return declared
  const next = exportsOf(source).find((one) => one.name === name)
  if (next === undefined || next.from === path) throw new Error(`${path} does not declare ${name}`)
  return resolveExport(open, next.from, name)
}

/** The member's own docstring, or that of the member it implements or overrides. */
function docstringOf(item: Item, member: Member, items: readonly Item[]): Docstring | undefined {
  if (member.docstring !== undefined || member.kind === 'constructor') return member.docstring
  for (const parent of items.filter((one) => item.parents.includes(one.name))) {
    const original = parent.members.find((one) => one.name === member.name)
    const docstring = original && docstringOf(parent, original, items)
    if (docstring !== undefined) return docstring
  }
  return undefined
}
