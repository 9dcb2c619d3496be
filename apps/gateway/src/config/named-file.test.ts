import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { folderFault, readNamedFile, whyUnreadable } from './named-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'named-file-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)
writeFileSync(at('a.pem'), 'content')
mkdirSync(at('a-directory'))
symlinkSync(at('circle'), at('circle'))

describe('a file that a key names', () => {
  it('is read', () => {
    expect(readNamedFile('Ehr.CaFile', at('a.pem'), 'a PEM file')).toEqual({ text: 'content' })
    expect(folderFault('Intelligence.PolicyDirectory', folder, 'a folder')).toBeUndefined()
  })

  it.each([
    { name: 'nowhere', why: 'there is no such file or directory (ENOENT)' },
    { name: 'a-directory', why: 'it is a directory (EISDIR)' },
    {
      name: 'a.pem/b',
      why: 'the path leads through a file as if it were a directory (ENOTDIR)',
    },
    { name: 'circle', why: 'its symbolic links lead in a circle (ELOOP)' },
  ])('is refused with key, path, reason and what is expected: $why', ({ name, why }) => {
    expect(readNamedFile('Ehr.CaFile', at(name), 'a PEM file')).toEqual({
      fault: `Ehr.CaFile: found ${JSON.stringify(at(name))}, and ${why}; expected a PEM file`,
    })
  })

  it('is refused where a folder is expected', () => {
    expect(folderFault('Intelligence.PolicyDirectory', at('a.pem'), 'a folder')).toMatch(
      /^Intelligence\.PolicyDirectory: found ".*a\.pem", and .* \(ENOTDIR\); expected a folder$/,
    )
  })

  it('says that this user may not read it', () => {
    // A test may run as root, who may read everything.
    const refused = Object.assign(new Error('refused'), { code: 'EACCES' })

    expect(whyUnreadable(refused)).toBe('this user may not read it (EACCES)')
    expect(whyUnreadable('odd')).toBe('it cannot be read (no code)')
  })
})
