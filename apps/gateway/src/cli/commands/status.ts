import { defineCommand, UsageError } from '../command.ts'
import { configOption } from '../database-command.ts'

export const status = defineCommand({
  name: 'status',
  description: `Shows the state of the gateway, as the operations page does: the verdict with cause and remedy, figures, nodes and their dependencies, dead
letters. Reads the database that a running gateway uses, or with --url asks a gateway. Exit code 0: it works, though something may need
attention; 1: it does not, or that is unknown.`,
  positionals: [],
  options: {
    url: {
      type: 'string',
      placeholder: 'URL',
      description: 'ask the gateway at this address instead of its database; needs --key-file',
    },
    'key-file': {
      type: 'string',
      placeholder: 'FILE',
      description: 'a file with the API key of an operator',
    },
    json: {
      type: 'boolean',
      default: false,
      description: 'print one JSON object instead of lines',
    },
    ...configOption,
  },
  examples: [
    'authscript status --json',
    'authscript status --url https://gateway.example.org --key-file operator.key --json',
  ],
  async run(values, _positionals, terminal) {
    const keyFile = values['key-file']
    if ((values.url === undefined) !== (keyFile === undefined))
      throw new UsageError('--url and --key-file belong together')
    if (values.url !== undefined && !/^https?:$/.test(URL.parse(values.url)?.protocol ?? ''))
      throw new UsageError('--url needs an address that begins with http:// or https://')
    const { runStatus } = await import('../run-status.ts')
    return runStatus(
      {
        configFile: values.config,
        json: values.json,
        gateway:
          values.url === undefined || keyFile === undefined
            ? undefined
            : { url: values.url, keyFile },
      },
      terminal,
    )
  },
})
