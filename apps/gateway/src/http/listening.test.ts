import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { requireListenable } from './listening.ts'

const host = '127.0.0.1'
const keyName = (key: string) => key.replace('.', '__')

async function aTakenPort(): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

describe('asking whether a server can listen', () => {
  it('leaves the port free', async () => {
    const server = createServer().listen(0, host)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')

    await requireListenable({ host, port }, keyName)
    await requireListenable({ host, port }, keyName)
    await requireListenable({ host, port: 0 }, keyName)
  })

  it('names key and value of a port that is taken', async () => {
    const port = await aTakenPort()

    await expect(requireListenable({ host, port }, keyName)).rejects.toMatchObject({
      code: 'port_taken',
      message: `Http__Port: found ${port}; another program listens on this port of 127.0.0.1; stop it, or choose another port`,
    })
  })

  it.each([
    // A network for documentation (RFC 5737): nobody has an address in it.
    { name: '192.0.2.1', fault: /^Http__Host: found "192\.0\.2\.1"; this is not an address of/ },
    {
      name: 'gateway.invalid',
      fault: /^Http__Host: found "gateway\.invalid"; no address is known/,
    },
  ])('names key and value of a host that is not ours: $name', async ({ name, fault }) => {
    await expect(requireListenable({ host: name, port: 0 }, keyName)).rejects.toMatchObject({
      code: 'address_unavailable',
      message: expect.stringMatching(fault),
    })
  })
})
