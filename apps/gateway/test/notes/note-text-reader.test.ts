import { deflateSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import {
  createNoteTextReader,
  type EncounterNotes,
  type NoteTextReader,
} from '../../src/fhir/notes/note-text-reader.ts'
import { stopTime } from '../stopped-time.ts'

const never = new AbortController().signal
const opened: NoteTextReader[] = []

function aReader(options: Parameters<typeof createNoteTextReader>[0] = {}): NoteTextReader {
  const reader = createNoteTextReader(options)
  opened.push(reader)
  return reader
}

const anEncounter = (options?: Parameters<typeof createNoteTextReader>[0]): EncounterNotes =>
  aReader(options).ofEncounter('e1')

const aTask = (
  source: string | Uint8Array,
  contentType: string | undefined,
  isBinaryAnswer = false,
) => ({
  bytes: typeof source === 'string' ? Buffer.from(source) : source,
  contentType,
  isBinaryAnswer,
  maxBytes: 4 * 1024 * 1024,
})

afterEach(() => Promise.all(opened.splice(0).map((reader) => reader.stop())))

describe('a file that harms its reader', () => {
  const workerFile = new URL('./worker-that-fails.ts', import.meta.url)

  it.each([
    ['crash', 'its parser failed'],
    ['throw', 'its parser failed'],
    ['exhaust', 'needs too much memory to read'],
    ['hoard', 'needs too much memory to read'],
    ['grow', 'needs too much memory to read'],
  ])('%s: is unread, and the next file is read by a new process', async (wish, reason) => {
    const reader = anEncounter({ processes: 1, limitMs: 60_000, maxHeapMb: 64, workerFile })

    const harmful = reader.read(aTask(wish, 'x/y'), never)
    const next = reader.read(aTask('a note', 'x/y'), never)

    expect(await harmful).toMatchObject({ kind: 'unread', reason })
    expect(await next).toMatchObject({ kind: 'text', text: 'a note' })
  })

  it('hang: is unread after ten seconds, and the next file is read by a new process', async () => {
    using time = stopTime()
    const reader = anEncounter({ processes: 1, workerFile })

    const harmful = reader.read(aTask('hang', 'x/y'), never)
    const next = reader.read(aTask('a note', 'x/y'), never)
    await time.useUp(10_000)

    expect(await harmful).toMatchObject({
      kind: 'unread',
      reason: 'took longer than 10000 ms to read',
    })
    expect(await next).toMatchObject({ kind: 'text', text: 'a note' })
  })

  it('is not one that waited for the start of its process', async () => {
    using time = stopTime()
    const reading = anEncounter({ workerFile }).read(aTask('a note', 'x/y'), never)
    await time.passBeforeBegin(60_000)

    expect(await reading).toMatchObject({ kind: 'text', text: 'a note' })
  })

  it('can write no file, start no program and read no environment', async () => {
    expect(await anEncounter({ workerFile }).read(aTask('reach', 'x/y'), never)).toMatchObject({
      kind: 'text',
      text: '',
    })
  })

  it('a caller that gives up stops the reading with its own reason', async () => {
    const reader = anEncounter({ workerFile })
    const controller = new AbortController()

    const reading = reader.read(aTask('hang', 'x/y'), controller.signal)
    controller.abort(new Error('given up'))

    await expect(reading).rejects.toThrow('given up')
  })
})

describe('an encounter with many files that harm their reader', () => {
  const workerFile = new URL('./worker-that-fails.ts', import.meta.url)

  it('delays its own files only, and after three of them no other is tried', async () => {
    using time = stopTime()
    const limitMs = 4000
    const reader = aReader({ processes: 2, limitMs, workerFile })
    const hostile = reader.ofEncounter('e1')

    const harmful = Array.from({ length: 20 }, () => hostile.read(aTask('hang', 'x/y'), never))
    // Time stands still meanwhile: none of them has ended.
    const others = await Promise.all(
      ['e2', 'e3', 'e4'].map((encounterId) =>
        reader.ofEncounter(encounterId).read(aTask('a note', 'x/y'), never),
      ),
    )
    for (const one of harmful.slice(0, 3)) {
      await time.useUp(limitMs)
      await one
    }
    const reasons = (await Promise.all(harmful)).map((one) =>
      one.kind === 'unread' ? one.reason : 'read',
    )

    expect(others).toMatchObject([{ text: 'a note' }, { text: 'a note' }, { text: 'a note' }])
    expect(reasons.filter((reason) => reason.includes('took longer'))).toHaveLength(3)
    expect(reasons.filter((reason) => reason.includes('was not tried'))).toHaveLength(17)
  }, 60_000)
})

describe('hostile files of a megabyte', () => {
  // Each file is of an encounter of its own, because an encounter with three that end their process has no other read.
  const reader = createNoteTextReader({ limitMs: 20_000 })
  afterAll(() => reader.stop())
  const times = (text: string, count: number) => text.repeat(count)
  const files: Readonly<Record<string, readonly [source: string, contentType: string]>> = {
    'opening brackets': [times('<', 1e6), 'text/html'],
    ampersands: [times('&', 1e6), 'text/html'],
    'tables in tables': [times('<table><tr><td>', 70_000), 'text/html'],
    'unclosed blocks': [times('<div>', 200_000), 'text/html'],
    'unclosed inline tags and as many wrong ends': [
      `${times('<b>', 150_000)}${times('</i>', 130_000)}`,
      'text/html',
    ],
    'unclosed strike-outs': [times('<p><s>', 160_000), 'text/html'],
    'items of lists in lists': [times('<ul><li>', 120_000), 'text/html'],
    'definitions without terms': [times('<dd>b', 180_000), 'text/html'],
    'boxes on one line': [times('<input type=checkbox>', 50_000), 'text/html'],
    'labels that never end': [
      `${times('<label>', 100_000)}${times('<input type=radio>', 15_000)}`,
      'text/html',
    ],
    'attributes of one tag': [
      `<a ${Array.from({ length: 140_000 }, (_, index) => `a${index}`).join(' ')}>x`,
      'text/html',
    ],
    'comments that never end': [times('<!--', 250_000), 'text/html'],
    'style rules': [`<style>${times('.a{display:none}', 60_000)}</style>x`, 'text/html'],
    'cells of one row': [`<table><tr>${times('<td>b', 200_000)}`, 'text/html'],
    'white space': [
      `<p style="display${times(' ', 500_000)}">${times(' \n', 250_000)}x`,
      'text/html',
    ],
    'groups of RTF': [`{\\rtf1${times('{', 1e6)}`, 'text/rtf'],
    'cells of RTF': [`{\\rtf1 ${times('a\\cell ', 140_000)}\\row}`, 'text/rtf'],
    'fonts of RTF': [`{\\rtf1 ${times('\\f1 x', 200_000)}}`, 'text/rtf'],
    'half tags in plain text': [times('a <b', 250_000), 'text/plain'],
    'empty XML declarations': [times('<?xml ', 170_000), 'text/xml'],
    'elements of XML': [`<a:a xmlns="b">${times('<text>', 160_000)}`, 'text/xml'],
    'boxes in plain text': [times('☐', 330_000), 'text/plain'],
  }

  it.each(Object.entries(files))(
    '%s are read within the limit of a file',
    async (what, [source, contentType]) => {
      const notes = reader.ofEncounter(what)
      const content = await notes.read(aTask(source, contentType), never)

      if (content.kind === 'unread') expect(content.reason).not.toMatch(/took longer|parser failed/)
      else expect(content.text.length).toBeLessThanOrEqual(1_000_000)
    },
  )

  it('nested entities are not expanded', async () => {
    const entities = Array.from(
      { length: 10 },
      (_, index) => `<!ENTITY l${index + 1} "${times(`&l${index};`, 10)}">`,
    ).join('')
    const xml = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">${entities}]><ClinicalDocument xmlns="urn:hl7-org:v3"><section><text>&l10;</text></section></ClinicalDocument>`

    expect(await anEncounter().read(aTask(xml, 'text/xml'), never)).toEqual({
      kind: 'unread',
      contentType: 'application/xml',
      reason: 'is XML that defines entities',
    })
  })

  it('a PDF whose page unpacks to a hundred megabytes is unread', async () => {
    const page = deflateSync(Buffer.alloc(100 * 1024 * 1024, '0 0 m '), { level: 9 })
    const content = await anEncounter({ limitMs: 60_000 }).read(
      aTask(aPdf(page), 'application/pdf'),
      never,
    )

    expect(content).toMatchObject({
      kind: 'unread',
      reason: expect.stringMatching(/cannot be read|failed|longer/),
    })
  })

  it('a PDF with an array of fifteen million texts ends its process at most', async () => {
    // Grew past the limit of its thread's heap at once, which ended the gateway.
    const page = deflateSync(`BT /F1 12 Tf [${'(a)'.repeat(15_000_000)}]TJ ET`)
    const content = await anEncounter({ limitMs: 60_000 }).read(
      aTask(aPdf(page), 'application/pdf'),
      never,
    )

    expect(content).toMatchObject({ kind: 'unread', reason: 'needs too much memory to read' })
  }, 90_000)

  it('a PDF that claims two billion pages is read as far as there are pages', async () => {
    const content = await anEncounter({ limitMs: 60_000 }).read(
      aTask(
        aPdf(deflateSync('BT /F1 12 Tf 72 700 Td (Left foot drop) Tj ET'), 2_000_000_000),
        'application/pdf',
      ),
      never,
    )

    expect(content).toEqual({
      kind: 'text',
      contentType: 'application/pdf',
      text: 'Left foot drop',
    })
  })
})

describe('an answer for a Binary', () => {
  const reader = createNoteTextReader()
  afterAll(() => reader.stop())
  const read = (answer: string, contentType: string) =>
    reader.ofEncounter('e1').read(aTask(answer, contentType, true), never)
  const note = 'Left foot drop since Monday.'
  const data = Buffer.from(note).toString('base64')
  const asJson = JSON.stringify({
    resourceType: 'Binary',
    id: 'b1',
    contentType: 'text/plain',
    data,
  })

  it.each<[string, string, string]>([
    ['the file itself', note, 'text/plain'],
    ['the resource as JSON', asJson, 'application/fhir+json'],
    ['the resource as JSON that is called text', asJson, 'text/plain'],
    ['the resource as JSON with a byte order mark', `\uFEFF ${asJson}`, 'application/json'],
    [
      'the resource as XML',
      `<?xml version="1.0"?><Binary xmlns="http://hl7.org/fhir"><contentType value="text/plain"/><data value="${data}"/></Binary>`,
      'application/fhir+xml',
    ],
  ])('%s is the note', async (_, answer, contentType) => {
    expect(await read(answer, contentType)).toMatchObject({
      kind: 'text',
      text: note,
    })
  })

  it.each<[string, string]>([
    ['another resource', '{"resourceType":"OperationOutcome","issue":[]}'],
    ['another resource as XML', '<OperationOutcome xmlns="http://hl7.org/fhir"/>'],
    ['a Binary without data', '{"resourceType":"Binary","contentType":"text/plain"}'],
    ['a Binary whose data is no base64', '{"resourceType":"Binary","data":"a*b"}'],
  ])('%s is unread', async (_, answer) => {
    expect(await read(answer, 'application/fhir+json')).toMatchObject({ kind: 'unread' })
  })
})

/** One page with this content, deflated. */
function aPdf(content: Uint8Array, count = 1): Uint8Array {
  const parts = [
    Buffer.from(
      `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count ${count}/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n4 0 obj<</Filter/FlateDecode/Length ${content.length}>>stream\n`,
    ),
    Buffer.from(content),
    Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF'),
  ]
  return Buffer.concat(parts)
}
