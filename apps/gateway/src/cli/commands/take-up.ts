import { defineCommand } from '../command.ts'
import { configOption } from '../database-command.ts'
import { choiceOf, nodeOptions } from '../node-options.ts'

export const takeUp = defineCommand({
  name: 'take-up',
  description: `Lets nodes that were drained take up work again, as Take up work on the operations page does. Without --node and --all: the node that
runs, if it is the only one. It does not end a pause of all nodes; it says so where there is one. Exit code 0: asked; 1: a node cannot be
asked; 2: wrong usage.`,
  positionals: [],
  options: { ...nodeOptions, ...configOption },
  examples: ['authscript take-up --node gateway-1:4711', 'authscript take-up --all'],
  async run(values, _positionals, terminal) {
    const choice = choiceOf(values)
    const { runTakeUp } = await import('../run-drain.ts')
    return runTakeUp({ choice, configFile: values.config }, terminal)
  },
})
