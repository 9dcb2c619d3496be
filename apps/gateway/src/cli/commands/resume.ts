import { defineCommand } from '../command.ts'
import { configOption } from '../database-command.ts'
import { choiceOf, nodeOptions } from '../node-options.ts'

/** Until the next release. On the page and in the API, to resume is to end a pause of all nodes. */
export const resume = defineCommand({
  name: 'resume',
  description: `The former name of "authscript take-up", until the next release. It lets drained nodes take up work again; it does not end a pause of
all nodes, which Resume all nodes on the operations page does.`,
  positionals: [],
  options: { ...nodeOptions, ...configOption },
  examples: ['authscript resume --node gateway-1:4711'],
  async run(values, _positionals, terminal) {
    terminal.printError(
      'authscript resume: its name is "authscript take-up" now; the next release has no "authscript resume"',
    )
    const choice = choiceOf(values)
    const { runTakeUp } = await import('../run-drain.ts')
    return runTakeUp({ choice, configFile: values.config }, terminal)
  },
})
