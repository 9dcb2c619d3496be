import type {
  Class,
  Function as FunctionNode,
  Span,
  TSInterfaceDeclaration,
  VariableDeclarator,
} from 'oxc-parser'
import type { Docstring } from './docstring.ts'
import { classMembers, interfaceMembers, type Member } from './member.ts'
import { isPlainData, typeOfValue } from './signature.ts'
import type { SourceFile } from './source-file.ts'

/** Something that a package exports. */
export interface Item {
  readonly name: string
  readonly kind: 'class' | 'abstract class' | 'interface' | 'type' | 'function' | 'const'
  /** Relative to the package. */
  readonly file: string
  readonly docstring: Docstring | undefined
  /** TypeScript without bodies, comments and private members. */
  readonly signature: string
  /** The names that it extends and implements. */
  readonly parents: readonly string[]
  readonly members: readonly Member[]
}

/** The top-level declarations of a file with this name: several if a type and a value have the same name. */
export function declarationsOf(source: SourceFile, name: string): readonly Item[] {
  const functions: FunctionNode[] = []
  const items: Item[] = []
  for (const statement of source.program.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    const docstring = source.docstringBefore(statement)
    const common = { name, file: source.path, docstring, parents: [], members: [] }
    switch (declaration?.type) {
      case 'ClassDeclaration':
        if (declaration.id?.name === name)
          items.push({ ...common, ...classItem(source, declaration) })
        break
      case 'TSInterfaceDeclaration':
        if (declaration.id.name === name)
          items.push({ ...common, ...interfaceItem(source, declaration) })
        break
      case 'TSTypeAliasDeclaration':
        if (declaration.id.name === name)
          items.push({ ...common, kind: 'type', signature: source.block(declaration) })
        break
      case 'VariableDeclaration':
        for (const one of declaration.declarations) {
          if (one.id.type === 'Identifier' && one.id.name === name)
            items.push({ ...common, kind: 'const', signature: constSignature(source, one) })
        }
        break
      case 'FunctionDeclaration':
      case 'TSDeclareFunction':
        if (declaration.id?.name === name) {
          if (functions.length === 0) items.push({ ...common, kind: 'function', signature: '' })
          functions.push(declaration)
        }
        break
      default:
    }
  }
  const signature = functionSignature(source, functions)
  return items.map((item) => (item.kind === 'function' ? { ...item, signature } : item))
}

function classItem(source: SourceFile, node: Class) {
  const members = classMembers(source, node)
  const head = source.block({ start: node.start, end: node.body.start })
  const lines = members.map((member) => `  ${member.signature}`)
  const implemented = node.implements?.map(({ expression }) => expression) ?? []
  return {
    kind: node.abstract === true ? 'abstract class' : 'class',
    signature: lines.length === 0 ? `${head} {}` : [`${head} {`, ...lines, '}'].join('\n'),
    parents: namesOf(source, [...implemented, node.superClass]),
    members,
  } as const
}

function interfaceItem(source: SourceFile, node: TSInterfaceDeclaration) {
  const extended = node.extends?.map(({ expression }) => expression) ?? []
  return {
    kind: 'interface',
    signature: source.block(node),
    parents: namesOf(source, extended),
    members: interfaceMembers(source, node),
  } as const
}

/** Plain data is shown with its value, any other constant with its type. */
function constSignature(source: SourceFile, node: VariableDeclarator): string {
  const { id, init } = node
  if (init !== null && isPlainData(init)) return `const ${source.block(node)}`
  const isTyped = 'typeAnnotation' in id && Boolean(id.typeAnnotation)
  const type = init === null || isTyped ? undefined : typeOfValue(source, init)
  return `const ${source.block(id)}${type === undefined ? '' : `: ${type}`}`
}

/** The overloads of a function if it has any, without the implementation. */
function functionSignature(source: SourceFile, nodes: readonly FunctionNode[]): string {
  const overloads = nodes.filter((node) => node.body === null)
  return (overloads.length > 0 ? overloads : nodes)
    .map((node) => source.block({ start: node.start, end: node.body?.start ?? node.end }))
    .map((text) => text.replace(/^async /, '').replace(/;$/, ''))
    .join('\n')
}

function namesOf(source: SourceFile, nodes: readonly (Span | null)[]): readonly string[] {
  return nodes.flatMap((node) => (node === null ? [] : [source.raw(node)]))
}
