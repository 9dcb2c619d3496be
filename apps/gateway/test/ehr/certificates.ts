import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

export interface Certificate {
  readonly certificate: string
  readonly key: string
}

export interface Authority {
  /** PEM. */
  readonly certificate: string
  /** For a server of these names, or for a client. */
  issue(name: string, hosts?: readonly string[]): Promise<Certificate>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const validity = {
  notBefore: new Date('2020-01-01T00:00:00Z'),
  notAfter: new Date('2049-01-01T00:00:00Z'),
}
let serial = 0

/** A certificate authority of our own. */
export async function anAuthority(name: string): Promise<Authority> {
  const keys = await generateKeys()
  const root = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: nextSerial(),
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  })
  return {
    certificate: root.toString('pem'),
    issue: (subject, hosts = []) => issue(root, keys.privateKey, subject, hosts),
  }
}

async function issue(
  root: X509Certificate,
  signingKey: webcrypto.CryptoKey,
  subject: string,
  hosts: readonly string[],
): Promise<Certificate> {
  const { publicKey, privateKey } = await generateKeys()
  const certificate = await X509CertificateGenerator.create({
    ...validity,
    serialNumber: nextSerial(),
    subject: `CN=${subject}`,
    issuer: root.subject,
    publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions:
      hosts.length === 0
        ? []
        : [
            new SubjectAlternativeNameExtension(
              hosts.map((value) => ({ type: /^[\d.]+$/.test(value) ? 'ip' : 'dns', value })),
            ),
          ],
  })
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', privateKey)
  return {
    certificate: certificate.toString('pem'),
    key: PemConverter.encode(pkcs8, 'PRIVATE KEY'),
  }
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}

function nextSerial(): string {
  serial += 1
  return serial.toString(16).padStart(4, '0')
}
