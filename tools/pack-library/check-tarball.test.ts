import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { checkTarball } from './check-tarball.ts'

const folder = mkdtempSync(join(tmpdir(), 'check-tarball-'))

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('checkTarball', () => {
  it('finds an entry point that is missing, missing types and a dead link', async () => {
    mkdirSync(join(folder, 'package'))
    const manifest = {
      name: 'wrong',
      version: '1.0.0',
      type: 'module',
      exports: { '.': './missing.js', './here': './here.js' },
    }
    writeFileSync(join(folder, 'package/package.json'), JSON.stringify(manifest))
    writeFileSync(join(folder, 'package/here.js'), 'export const here = 1\n')
    writeFileSync(join(folder, 'package/README.md'), '[guide](docs/guide.md) [here](here.js)\n')
    execFileSync('tar', ['-czf', 'wrong.tgz', 'package'], { cwd: folder })

    const problems = await checkTarball(join(folder, 'wrong.tgz'), join(folder, 'package'))

    expect(problems.join('\n')).toContain('missing.js')
    expect(problems).toContain('it has no types')
    expect(problems).toContain('README.md links to docs/guide.md, which is not packed')
    expect(problems.join('\n')).not.toContain('links to here.js')
  })
})
