import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { relativeLinks } from './published-links.ts'

/** What is wrong with a package as it would be published: its manifest, its types, its links. `folder` holds what the tarball holds. */
export async function checkTarball(tarball: string, folder: string): Promise<readonly string[]> {
  const bytes = readFileSync(tarball)
  const { messages, pkg } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) },
    strict: true,
  })
  return [
    ...messages.map((message) => formatMessage(message, pkg) ?? message.code),
    ...(await typeProblems(bytes)),
    ...deadLinks(folder),
  ]
}

async function typeProblems(bytes: Uint8Array): Promise<readonly string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(bytes))
  if (analysis.types === false) return ['it has no types']
  return analysis.problems
    .filter(
      (problem) =>
        !(
          'resolutionKind' in problem &&
          // Node 10 knows no `exports`. CommonJS gets an ES module by `require`, as every supported Node allows.
          (problem.resolutionKind === 'node10' || problem.resolutionKind === 'node16-cjs')
        ),
    )
    .map((problem) => JSON.stringify(problem))
}

function deadLinks(folder: string): readonly string[] {
  const documents = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
  return documents.flatMap((document) =>
    relativeLinks(readFileSync(document, 'utf8'))
      .filter((target) => !existsSync(join(dirname(document), target)))
      .map((target) => `${relative(folder, document)} links to ${target}, which is not packed`),
  )
}
