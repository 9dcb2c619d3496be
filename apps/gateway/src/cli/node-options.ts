import { UsageError } from './command.ts'

/** Which nodes a command is for. `sole`: the one that runs. */
export type NodeChoice = 'sole' | 'all' | { readonly name: string }

export const nodeOptions = {
  node: {
    type: 'string',
    placeholder: 'NAME',
    description: 'one node, by its name HOST:PROCESS or its id; "authscript status" lists them',
  },
  all: { type: 'boolean', default: false, description: 'every node that runs now' },
} as const

/** @throws {UsageError} both were given */
export function choiceOf({
  node,
  all,
}: {
  readonly node?: string | undefined
  readonly all?: boolean | undefined
}): NodeChoice {
  if (node !== undefined && all === true)
    throw new UsageError('--node and --all exclude each other')
  if (node !== undefined) return { name: node }
  return all === true ? 'all' : 'sole'
}
