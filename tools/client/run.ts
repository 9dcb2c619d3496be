import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDescribedApi } from '../../apps/gateway/test/http/described-api.ts'
import { apiText } from './api-text.ts'
import type { OpenApiDocument } from '../../apps/gateway/src/http/openapi/open-api-document.ts'

/** Writes the types of the client from the routes of the gateway. With `--check`, fails if the file is out of date. */

const root = join(import.meta.dirname, '..', '..')
export const clientTypesFile = 'packages/client/src/api.ts'

if (import.meta.main) process.exitCode = await run(process.argv.includes('--check'))

async function run(isCheck: boolean): Promise<number> {
  const text = await clientTypes()
  const target = join(root, clientTypesFile)
  if (!isCheck) {
    writeFileSync(target, text)
    console.log(`${clientTypesFile} written`)
    return 0
  }
  if (existsSync(target) && readFileSync(target, 'utf8') === text) {
    console.log(`${clientTypesFile} is up to date`)
    return 0
  }
  console.error(`${clientTypesFile} is older than the routes; run npm run client-types`)
  return 1
}

/** The file as the routes give it now. */
export async function clientTypes(): Promise<string> {
  await using api = await startDescribedApi()
  const document = (await (await fetch(`${api.address}/openapi.json`)).json()) as OpenApiDocument
  return formatted(apiText(document))
}

function formatted(text: string): string {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [biome, 'format', `--stdin-file-path=${clientTypesFile}`],
    { cwd: root, input: text, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout
}
