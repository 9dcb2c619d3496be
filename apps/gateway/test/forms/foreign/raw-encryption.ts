import { createHash } from 'node:crypto'
import { textNode, rawForm } from './raw-form.ts'

/** What every reader adds to a password that is too short. @see ISO 32000-1, 7.6.3.3 */
const padding = Buffer.from(
  '28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a',
  'hex',
)
const fileId = Buffer.from('0123456789abcdef0123456789abcdef', 'hex')
/** Everything except changing the file; filling is allowed. */
const permissions = -1 - 0b1000

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest()

/** RC4, which Node's libraries do not offer any more. */
function rc4(key: Uint8Array, bytes: Uint8Array): Buffer {
  const state = Array.from({ length: 256 }, (_, index) => index)
  let j = 0
  for (let i = 0; i < 256; i += 1) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 255
    ;[state[i], state[j]] = [state[j] ?? 0, state[i] ?? 0]
  }
  let i = 0
  j = 0
  return Buffer.from(
    bytes.map((byte) => {
      i = (i + 1) & 255
      j = (j + (state[i] ?? 0)) & 255
      ;[state[i], state[j]] = [state[j] ?? 0, state[i] ?? 0]
      return byte ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 255] ?? 0)
    }),
  )
}

/** A form that anybody may open and fill, encrypted by the standard's first methods. */
export function encryptedForm(bits: 40 | 128): Buffer {
  const length = bits / 8
  const form = rawForm([textNode('Name', '40 700 300 716'), textNode('Member', '40 660 300 676')])
  const rounds = bits === 128 ? 50 : 0
  const repeat = (start: Buffer) => {
    let hash = start
    for (let round = 0; round < rounds; round += 1) hash = md5(hash.subarray(0, length))
    return hash.subarray(0, length)
  }
  const stretched = (key: Buffer, bytes: Buffer) => {
    let out = rc4(key, bytes)
    if (bits === 128)
      for (let round = 1; round <= 19; round += 1)
        out = rc4(
          key.map((one) => one ^ round),
          out,
        )
    return out
  }
  const owner = stretched(repeat(md5(padding)), padding)
  const terms = Buffer.alloc(4)
  terms.writeInt32LE(permissions)
  const key = repeat(md5(Buffer.concat([padding, owner, terms, fileId])))
  const user =
    bits === 40
      ? rc4(key, padding)
      : Buffer.concat([stretched(key, md5(Buffer.concat([padding, fileId]))), Buffer.alloc(16)])
  for (const [id, body] of form.pdf.bodies)
    form.pdf.set(
      id,
      body.replaceAll(/\(([^()]*)\)/g, (_, text: string) => {
        const part = Buffer.alloc(5)
        part.writeUIntLE(id, 0, 3)
        const own = md5(Buffer.concat([key, part])).subarray(0, Math.min(length + 5, 16))
        return `<${rc4(own, Buffer.from(text, 'latin1')).toString('hex')}>`
      }),
    )
  const version = bits === 40 ? '/V 1 /R 2' : '/V 2 /R 3 /Length 128'
  const encrypt = form.pdf.add(
    `<< /Filter /Standard ${version} /P ${permissions} /O <${owner.toString('hex')}> /U <${user.toString('hex')}> >>`,
  )
  const id = fileId.toString('hex')
  return form.pdf.save(form.root, `/Encrypt ${encrypt} 0 R /ID [<${id}> <${id}>]`)
}
