import { describe, expect, it } from 'vitest'
import { createDestinations } from './destinations.ts'

const nowhere = async () => []
const open = createDestinations({ allowedNetworks: [], resolve: nowhere })

describe('the address of an endpoint', () => {
  it.each([
    'https://example.org/hook',
    'https://example.org:8443/hook?team=a',
    'https://93.184.216.34/hook',
    'https://[2606:2800:220:1:248:1893:25c8:1946]/hook',
  ])('can be %s', async (url) => {
    expect(await open.faultOf(url)).toBeUndefined()
  })

  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://10.0.0.7/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://0.0.0.0/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.7]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[64:ff9b::a00:7]/',
    'https://[2002:a00:7::]/',
    'https://[2001:0:4136:e378::]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[ff02::1]/',
  ])('cannot be the private or special address %s', async (url) => {
    expect(await open.faultOf(url)).toContain('private address')
    expect(() => open.requireAllowedHost(new URL(url))).toThrow('private address')
  })

  it.each([
    ['ftp://example.org/', 'https://'],
    ['hook', 'https://'],
    ['http://93.184.216.34/', 'needs https://'],
    ['http://example.org/', 'needs https://'],
    ['https://user:secret@example.org/', 'user or a password'],
    ['https://example.org/#a', 'fragment'],
  ])('cannot be %s', async (url, says) => {
    expect(await open.faultOf(url)).toContain(says)
  })

  it('can be in a private network that the operator allows, over TLS', async () => {
    const allowing = createDestinations({ allowedNetworks: ['10.1.0.0/16'], resolve: nowhere })

    expect(await allowing.faultOf('https://10.1.2.3/')).toBeUndefined()
    expect(await allowing.faultOf('https://[::ffff:10.1.2.3]/')).toBeUndefined()
    expect(await allowing.faultOf('https://10.2.2.3/')).toContain('private address')
    expect(await allowing.faultOf('http://10.1.2.3/')).toContain('needs https://')
  })

  it('can be on this machine without TLS, if the operator allows that network', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
    const allowing = createDestinations({ allowedNetworks: ['127.0.0.0/8'], resolve })
    const refusing = createDestinations({ allowedNetworks: [], resolve })

    expect(await allowing.faultOf('http://127.0.0.1:9000/')).toBeUndefined()
    expect(await allowing.faultOf('http://localhost:9000/')).toBeUndefined()
    expect(await refusing.faultOf('http://localhost:9000/')).toContain('private address')
  })

  it('is refused for a name that leads to private addresses only', async () => {
    const resolve = async () => [
      { address: '10.0.0.7', family: 4 },
      { address: 'fd00::7', family: 6 },
    ]

    const fault = await createDestinations({ allowedNetworks: [], resolve }).faultOf(
      'https://internal.example/',
    )

    expect(fault).toContain('private address')
  })
})

describe('the lookup of a connection', () => {
  const lookupOf = (addresses: readonly string[]) => {
    const resolve = async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    const { lookupFor } = createDestinations({ allowedNetworks: [], resolve })
    const { promise, resolve: done } = Promise.withResolvers<unknown>()
    lookupFor(new URL('https://example.org/'))('example.org', { all: true }, (error, found) =>
      done(error ?? found),
    )
    return promise
  }

  it('gives only the public ones of the addresses', async () => {
    expect(await lookupOf(['10.0.0.7', '93.184.216.34'])).toEqual([
      { address: '93.184.216.34', family: 4 },
    ])
  })

  it('fails when none is public', async () => {
    expect(await lookupOf(['169.254.169.254'])).toMatchObject({ name: 'AddressRefusedError' })
    expect(await lookupOf([])).toMatchObject({ name: 'AddressRefusedError' })
  })
})
