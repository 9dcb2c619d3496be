import { deflateSync } from 'node:zlib'

/** Builds a PDF from raw objects, so that the form does not depend on the PDF library that we use. */
export class RawPdf {
  readonly #bodies = new Map<number, string>()
  #next = 1

  /** A number for an object that is written later. */
  reserve(): number {
    const id = this.#next
    this.#next += 1
    return id
  }

  set(id: number, body: string): void {
    this.#bodies.set(id, body)
  }

  add(body: string): number {
    const id = this.reserve()
    this.set(id, body)
    return id
  }

  stream(content: string, entries = ''): number {
    return this.add(`<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`)
  }

  get bodies(): ReadonlyMap<number, string> {
    return this.#bodies
  }

  get size(): number {
    return this.#next
  }

  /** With a cross-reference table, as in the first version of the format. */
  save(root: number, trailer = ''): Buffer {
    let file = '%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n'
    const offsets = new Map<number, number>()
    for (const [id, body] of this.#bodies) {
      offsets.set(id, file.length)
      file += `${id} 0 obj\n${body}\nendobj\n`
    }
    const start = file.length
    file += `xref\n0 ${this.#next}\n0000000000 65535 f \n`
    for (let id = 1; id < this.#next; id += 1) {
      const offset = offsets.get(id)
      file += offset === undefined ? '0000000000 00000 f \n' : `${tenDigits(offset)} 00000 n \n`
    }
    file += `trailer\n<< /Size ${this.#next} /Root ${root} 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`
    return Buffer.from(file, 'latin1')
  }

  /** With object streams and a cross-reference stream. */
  saveCompressed(root: number): Buffer {
    const plain = [...this.#bodies].filter(([, body]) => body.includes('\nstream\n'))
    const packed = [...this.#bodies].filter(([, body]) => !body.includes('\nstream\n'))
    const streamId = this.reserve()
    const tableId = this.reserve()
    let head = ''
    let content = ''
    for (const [id, body] of packed) {
      head += `${id} ${content.length} `
      content += `${body} `
    }
    const deflated = deflateSync(Buffer.from(head + content, 'latin1'))
    let file = Buffer.from('%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n', 'latin1')
    const rows = new Map<number, readonly [number, number, number]>()
    const write = (id: number, body: Buffer) => {
      rows.set(id, [1, file.length, 0])
      file = Buffer.concat([file, Buffer.from(`${id} 0 obj\n`), body, Buffer.from('\nendobj\n')])
    }
    for (const [id, body] of plain) write(id, Buffer.from(body, 'latin1'))
    const entries = `/Type /ObjStm /N ${packed.length} /First ${head.length} /Filter /FlateDecode`
    write(streamId, streamOf(deflated, entries))
    for (const [index, [id]] of packed.entries()) rows.set(id, [2, streamId, index])
    const start = file.length
    rows.set(tableId, [1, start, 0])
    const table = Buffer.alloc((tableId + 1) * 7)
    for (let id = 1; id <= tableId; id += 1) {
      const [type, where, at] = rows.get(id) ?? [0, 0, 0]
      table.writeUInt8(type, id * 7)
      table.writeUInt32BE(where, id * 7 + 1)
      table.writeUInt16BE(at, id * 7 + 5)
    }
    const terms = `/Type /XRef /Size ${tableId + 1} /W [1 4 2] /Root ${root} 0 R /Filter /FlateDecode`
    write(tableId, streamOf(deflateSync(table), terms))
    return Buffer.concat([file, Buffer.from(`startxref\n${start}\n%%EOF\n`)])
  }
}

/** A later revision at the end of a file: objects that replace those of the same number, or are new. */
export function withUpdate(
  file: Buffer,
  root: number,
  changed: ReadonlyMap<number, string>,
): Buffer {
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.toString('latin1'))?.[1] ?? '0'
  let added = '\n'
  let table = ''
  for (const [id, body] of changed) {
    table += `${id} 1\n${tenDigits(file.length + added.length)} 00000 n \n`
    added += `${id} 0 obj\n${body}\nendobj\n`
  }
  const start = file.length + added.length
  const size = Math.max(...changed.keys()) + 1
  added += `xref\n0 1\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root ${root} 0 R /Prev ${previous} >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.concat([file, Buffer.from(added, 'latin1')])
}

function streamOf(bytes: Buffer, entries: string): Buffer {
  return Buffer.concat([
    Buffer.from(`<< ${entries} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ])
}

function tenDigits(offset: number): string {
  return String(offset).padStart(10, '0')
}

/** A text that is not Latin, as PDFs write it. */
export function utf16(text: string): string {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()
  return `<${bytes.toString('hex')}>`
}
