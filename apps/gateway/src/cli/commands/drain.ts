import { defineCommand } from '../command.ts'
import { configOption } from '../database-command.ts'
import { choiceOf, nodeOptions } from '../node-options.ts'

export const drain = defineCommand({
  name: 'drain',
  description: `Asks running nodes, through their database, to take no new work and to finish what they have, as Drain on the operations page does.
They stay up for people. A node that starts later, or again, works. Without --node and --all: the node that runs, if it is the only one.
Exit code 0: asked, and with --wait drained or stopped; 1: a node cannot be asked, stops reporting, or was let take up work again
meanwhile; 2: wrong usage; 130: interrupted while waiting, and the request stays.`,
  positionals: [],
  options: {
    ...nodeOptions,
    wait: {
      type: 'boolean',
      default: false,
      description: 'return when they are drained; Ctrl-C ends the waiting and leaves the request',
    },
    ...configOption,
  },
  examples: [
    'authscript drain --node gateway-1:4711 --wait',
    'authscript drain --all --wait && systemctl stop authscript',
  ],
  async run(values, _positionals, terminal) {
    const choice = choiceOf(values)
    const { runDrain } = await import('../run-drain.ts')
    return runDrain({ choice, configFile: values.config, isWaiting: values.wait }, terminal)
  },
})
