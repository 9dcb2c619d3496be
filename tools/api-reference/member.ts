import type {
  AccessorProperty,
  Class,
  ClassElement,
  MethodDefinition,
  PropertyDefinition,
  TSInterfaceDeclaration,
  TSSignature,
} from 'oxc-parser'
import type { Docstring } from './docstring.ts'
import { callType, type Parameter, parametersOf, typeOfValue } from './signature.ts'
import type { SourceFile } from './source-file.ts'

/** A public member of a class or of an interface. */
export interface Member {
  /** `run`, `[Symbol.asyncDispose]`, `constructor`, `[key: string]`. */
  readonly name: string
  readonly kind: 'constructor' | 'method' | 'property'
  readonly isStatic: boolean
  readonly isOptional: boolean
  /** Then the overridden member may have the docstring. */
  readonly isOverride: boolean
  /** On one line. For a method, its function type. */
  readonly type: string
  readonly parameters: readonly Parameter[]
  /** TypeScript without bodies and comments, formatted as in the source. */
  readonly signature: string
  readonly docstring: Docstring | undefined
}

type Property = PropertyDefinition | AccessorProperty

const plain = { isStatic: false, isOptional: false, isOverride: false, parameters: [] } as const

/** All members except `#private`, `private` and `protected` ones. */
export function classMembers(source: SourceFile, node: Class): readonly Member[] {
  const elements = node.body.body.filter((element) => isPublic(element))
  const overloaded = new Set(
    elements.flatMap((one) =>
      one.type === 'MethodDefinition' && one.value.body === null ? [source.raw(one.key)] : [],
    ),
  )
  return elements.flatMap((element) => {
    const isImplementation =
      element.type === 'MethodDefinition' &&
      element.value.body !== null &&
      overloaded.has(source.raw(element.key))
    return isImplementation ? [] : classMember(source, element)
  })
}

function isPublic(element: ClassElement): boolean {
  if (element.type === 'StaticBlock') return false
  if (element.accessibility === 'private' || element.accessibility === 'protected') return false
  return element.type === 'TSIndexSignature' || element.key.type !== 'PrivateIdentifier'
}

function classMember(source: SourceFile, element: ClassElement): readonly Member[] {
  switch (element.type) {
    case 'StaticBlock':
      return []
    case 'TSIndexSignature':
      return [interfaceMember(source, element)]
    case 'MethodDefinition':
    case 'TSAbstractMethodDefinition':
      return [method(source, element)]
    default:
      return [property(source, element)]
  }
}

function method(source: SourceFile, element: MethodDefinition): Member {
  const { value, kind } = element
  const head = { start: element.start, end: value.body?.start ?? element.end }
  const common = {
    ...plain,
    name: nameOf(source, element),
    isStatic: element.static,
    isOptional: element.optional === true,
    isOverride: element.override === true,
    signature: withoutModifiers(source.block(head)),
    docstring: source.docstringBefore(element),
  }
  if (kind === 'get' || kind === 'set') {
    const read = value.returnType ? source.line(value.returnType.typeAnnotation) : ''
    const type = kind === 'get' ? read : (parametersOf(source, value)[0]?.type ?? '')
    return { ...common, kind: 'property', type }
  }
  return {
    ...common,
    kind: kind === 'constructor' ? 'constructor' : 'method',
    type: callType(source, value),
    parameters: parametersOf(source, value),
  }
}

function property(source: SourceFile, element: Property): Member {
  const { key, value, typeAnnotation } = element
  const isConstant =
    value?.type === 'Literal' && element.type === 'PropertyDefinition' && element.readonly === true
  const common = {
    ...plain,
    name: nameOf(source, element),
    kind: 'property',
    isStatic: element.static,
    isOptional: element.optional === true,
    isOverride: element.override === true,
    docstring: source.docstringBefore(element),
  } as const
  const upTo = (end: number) => withoutModifiers(source.block({ start: element.start, end }))
  if (typeAnnotation) {
    const type = source.line(typeAnnotation.typeAnnotation)
    return { ...common, type, signature: upTo(typeAnnotation.end) }
  }
  if (isConstant) return { ...common, type: source.raw(value), signature: upTo(value.end) }
  const type = (value && typeOfValue(source, value)) ?? ''
  const name = upTo(key.end + (element.computed ? 1 : 0))
  return { ...common, type, signature: type === '' ? name : `${name}: ${type}` }
}

/** Removes the modifiers that do not matter to callers, such as `async` and `override`. */
function withoutModifiers(signature: string): string {
  return signature
    .replace(/^((?:(?:public|static|abstract|readonly|override|async|declare)\s+)*)\*?/, (words) =>
      words.replaceAll(/(?:public|override|async|declare)\s+|\*/g, ''),
    )
    .replace(/;$/, '')
}

export function interfaceMembers(
  source: SourceFile,
  node: TSInterfaceDeclaration,
): readonly Member[] {
  return node.body.body.map((element) => interfaceMember(source, element))
}

function interfaceMember(source: SourceFile, element: TSSignature): Member {
  const common = {
    ...plain,
    kind: 'property',
    signature: source.block(element).replace(/[;,]$/, ''),
    docstring: source.docstringBefore(element),
  } as const
  switch (element.type) {
    case 'TSIndexSignature': {
      const [parameter] = element.parameters
      const name = parameter === undefined ? '' : source.line(parameter)
      const type = source.line(element.typeAnnotation.typeAnnotation)
      return { ...common, name: `[${name}]`, type }
    }
    case 'TSCallSignatureDeclaration':
      return { ...common, name: '(call)', type: callType(source, element) }
    case 'TSConstructSignatureDeclaration':
      return { ...common, name: 'new', type: `new ${callType(source, element)}` }
    case 'TSMethodSignature': {
      const name = nameOf(source, element)
      const { optional: isOptional, returnType } = element
      if (element.kind === 'get') {
        const type = returnType ? source.line(returnType.typeAnnotation) : ''
        return { ...common, name, type }
      }
      const parameters = parametersOf(source, element)
      const type = callType(source, element)
      return { ...common, name, kind: 'method', isOptional, type, parameters }
    }
    case 'TSPropertySignature': {
      const { optional: isOptional, typeAnnotation } = element
      const type = typeAnnotation ? source.line(typeAnnotation.typeAnnotation) : ''
      return { ...common, name: nameOf(source, element), isOptional, type }
    }
    default:
      return element satisfies never
  }
}

function nameOf(
  source: SourceFile,
  { key, computed }: { readonly key: MethodDefinition['key']; readonly computed: boolean },
): string {
  return computed ? `[${source.line(key)}]` : source.line(key)
}
