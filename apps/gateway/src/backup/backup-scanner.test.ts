import { expect, test } from 'vitest'
import { BackupScanner } from './backup-scanner.ts'

async function* inChunks(text: string, chunkBytes: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
}

async function read(text: string, chunkBytes: number) {
  let taken = ''
  const scanner = new BackupScanner('file', inChunks(text, chunkBytes), (chunk) => {
    taken += chunk.toString('latin1')
  })
  const header = await scanner.line()
  const tables: string[] = []
  for (let table = 0; table < 3; table++) {
    let rows = ''
    for await (const chunk of scanner.rows()) rows += chunk.toString('latin1')
    tables.push(rows)
  }
  return { header, tables, last: await scanner.lastLine(), taken }
}

const rows = '1\t\\\\.\n\\N\t.\n.\t\\\\\n'
const text = `{"h":1}\n${rows}\\.\n\\.\n${rows}${rows}\\.\n{"t":1}\n`

test.each([1, 2, 3, 4, 5, 7, 11, 1000])(
  'finds the end of the rows in chunks of %i',
  async (size) => {
    expect(await read(text, size)).toEqual({
      header: '{"h":1}\n',
      tables: [rows, '', rows + rows],
      last: '{"t":1}\n',
      taken: text.slice(0, -'{"t":1}\n'.length),
    })
  },
)

test.each([1, 1000])('refuses what is cut off anywhere, in chunks of %i', async (size) => {
  for (let length = 0; length < text.length; length++) {
    await expect(read(text.slice(0, length), size), String(length)).rejects.toMatchObject({
      code: 'backup_invalid',
    })
  }
})

test('refuses more after the last line', async () => {
  await expect(read(`${text}\n`, 1)).rejects.toMatchObject({ code: 'backup_invalid' })
  await expect(read(`${text}x`, 1000)).rejects.toMatchObject({ code: 'backup_invalid' })
})

test('holds no line that never ends', async () => {
  const endless = 'x'.repeat(3 * 1024 * 1024)

  await expect(read(endless, 64 * 1024)).rejects.toMatchObject({ code: 'backup_invalid' })
})
