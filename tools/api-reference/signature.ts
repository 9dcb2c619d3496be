import type { Expression, ParamPattern, Span, TSTypeAnnotation } from 'oxc-parser'
import type { SourceFile } from './source-file.ts'

export interface Parameter {
  readonly name: string
  readonly type: string
  readonly default: string | undefined
  /** Callers may omit it. */
  readonly isOptional: boolean
}

/** The common part of functions, methods and their signatures. */
export interface Callable {
  readonly typeParameters?: Span | null | undefined
  readonly params: readonly ParamPattern[]
  readonly returnType?: TSTypeAnnotation | null | undefined
}

export function parametersOf(source: SourceFile, callable: Callable): readonly Parameter[] {
  return callable.params.map((param) => parameterOf(source, param))
}

function parameterOf(source: SourceFile, node: ParamPattern): Parameter {
  if (node.type === 'TSParameterProperty') return parameterOf(source, node.parameter)
  if (node.type === 'AssignmentPattern') {
    const inner = parameterOf(source, node.left)
    const type = inner.type || (typeOfValue(source, node.right) ?? '')
    return { ...inner, type, default: source.line(node.right), isOptional: true }
  }
  const annotation = node.typeAnnotation
  const type = annotation ? source.line(annotation.typeAnnotation) : ''
  const name = source.line({
    start: node.start,
    end: annotation ? annotation.start : node.end,
  })
  return {
    name: name.replace(/\?$/, ''),
    type,
    default: undefined,
    isOptional: name.endsWith('?'),
  }
}

/** `<Result>(call: () => Promise<Result>) => Promise<Result>` */
export function callType(source: SourceFile, callable: Callable): string {
  const { typeParameters, params, returnType } = callable
  const generics = typeParameters ? source.line(typeParameters) : ''
  const list = params.map((param) => source.line(param)).join(', ')
  return `${generics}(${list}) => ${returnType ? source.line(returnType.typeAnnotation) : 'unknown'}`
}

/** The type of a value without an annotation, as far as the syntax shows it; otherwise undefined. */
export function typeOfValue(source: SourceFile, value: Expression): string | undefined {
  switch (value.type) {
    case 'Literal':
      return value.value === null ? undefined : typeof value.value
    case 'TemplateLiteral':
      return 'string'
    case 'NewExpression':
      return (
        source.line(value.callee) + (value.typeArguments ? source.line(value.typeArguments) : '')
      )
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return callType(source, value)
    default:
      return undefined
  }
}

/** Whether a value consists only of literals. */
export function isPlainData(value: Expression): boolean {
  switch (value.type) {
    case 'Literal':
      return true
    case 'TemplateLiteral':
      return value.expressions.length === 0
    case 'Identifier':
      return value.name === 'undefined'
    case 'MemberExpression':
      return value.object.type === 'Identifier' && value.object.name === 'Number'
    case 'UnaryExpression':
      return isPlainData(value.argument)
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return isPlainData(value.expression)
    case 'ArrayExpression':
      return value.elements.every(
        (one) => one !== null && one.type !== 'SpreadElement' && isPlainData(one),
      )
    case 'ObjectExpression':
      return value.properties.every((one) => one.type === 'Property' && isPlainData(one.value))
    default:
      return false
  }
}
