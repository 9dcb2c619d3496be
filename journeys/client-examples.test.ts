import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomToken, sha256 } from '../apps/gateway/src/token.ts'
import { anEncounter, startWorld, type World } from './world.ts'

/** The examples of packages/client/README.md, run as they stand there against a real gateway. */

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'packages/client/README.md'), 'utf8')
const folder = join(root, 'artifacts/client-examples')
const run = promisify(execFile)

const key = randomToken()
let world: World

interface Example {
  readonly title: string
  readonly language: string
  readonly code: string
}

const examples: readonly Example[] = readme
  .split(/^### /m)
  .slice(1)
  .flatMap((section) =>
    [...section.matchAll(/^```(ts|sh)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
      title: section.split('\n', 1)[0] ?? '',
      language,
      code,
    })),
  )

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  world = await startWorld({
    config: {
      Auth: {
        Credentials: [
          {
            Label: 'program',
            KeySha256: sha256(key),
            Roles: ['service', 'staff'],
            Practices: ['195900'],
          },
        ],
      },
    },
  })
  const encounter = anEncounter(1001, 60178)
  await world.sign(encounter)
  await world.eventOf(({ eventType }) => eventType === 'EncounterProcessed')
})
afterAll(() => world?.[Symbol.asyncDispose]())

async function runExample({ language, code }: Example, index: number): Promise<string> {
  const env = { ...process.env, GATEWAY_URL: world.gateway.address, GATEWAY_KEY: key }
  const file = join(folder, `example-${index}.${language}`)
  writeFileSync(file, code)
  const [command, ...args] = language === 'ts' ? [process.execPath, file] : ['sh', '-eu', file]
  const { stdout } = await run(command ?? '', args, { env })
  return stdout
}

const expected: Readonly<Record<string, readonly [ts: RegExp, sh: RegExp]>> = {
  'Watch an encounter until it is signed': [/^watched: a-195900/, /"encounterId":"a-195900/],
  'Read every order, page by page': [/ready_for_review 72148/, /"items":\[\{/],
  'Change what was read, and nothing else': [/^closed: closed/, /^etag: "\d+"/i],
  'Follow what happens': [/^form of \S+/, /event: PA_FORM_READY/],
  'Be notified instead': [/^\S+ 50$/m, /"secret":"whsec_/],
}

describe('the examples of the client', () => {
  it('are as many as the tests expect', () => {
    expect(examples.map(({ title, language }) => `${language} ${title}`)).toEqual(
      Object.keys(expected).flatMap((title) => [`ts ${title}`, `sh ${title}`]),
    )
  })

  it.each(examples.map((example, index) => ({ ...example, index })))(
    '$language: $title',
    async (example) => {
      const [ts, sh] = expected[example.title] ?? []

      const printed = await runExample(example, example.index)

      expect(printed).toMatch(example.language === 'ts' ? (ts ?? /^$/) : (sh ?? /^$/))
    },
  )
})
