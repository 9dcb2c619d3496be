import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCommandLine, refuseUsage } from '../command-line.ts'
import { checkTarball } from './check-tarball.ts'
import { toPublishedLinks } from './published-links.ts'
import { type Manifest, toPublishedManifest } from './published-manifest.ts'

/**
 * Makes the tarball of a package as it is published, checks it, and prints its path: `npm run pack-library -- packages/orchestrator`.
 *
 * Inside this repository a package's `exports` name its TypeScript sources, so that nothing has to be built before it runs. The
 * tarball is packed from a copy whose manifest names the compiled files, and whose documents link to the repository for what they lack.
 */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const usage = 'usage: npm run pack-library -- PACKAGE_FOLDER [--to FOLDER]'
const { positionals, values } = readCommandLine(usage, {
  allowPositionals: true,
  options: { to: { type: 'string', default: join(root, 'artifacts/packages') } },
})
const [folder] = positionals
if (folder === undefined) refuseUsage('PACKAGE_FOLDER is missing', usage)

const source = resolve(folder)
const target = resolve(values.to)
const stage = join(target, basename(source))

rmSync(join(source, 'dist'), { recursive: true, force: true })
run(process.execPath, [
  join(root, 'node_modules/typescript/bin/tsc'),
  '-p',
  join(source, 'tsconfig.build.json'),
])

rmSync(stage, { recursive: true, force: true })
mkdirSync(stage, { recursive: true })
const manifest: Manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
for (const name of [...manifest.files, 'README.md'])
  cpSync(join(source, name), join(stage, name), { recursive: true })
cpSync(join(root, 'LICENSE'), join(stage, 'LICENSE'))
const { url, directory } = manifest.repository
const repositoryUrl = url.replace(/^git\+/, '').replace(/\.git$/, '')
for (const name of readdirSync(stage, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.md')) continue
  const document = name.replaceAll('\\', '/')
  const isPacked = (path: string) => existsSync(join(stage, path))
  const text = readFileSync(join(stage, name), 'utf8')
  const links = { document, directory, repositoryUrl, isPacked }
  writeFileSync(join(stage, name), toPublishedLinks(text, links))
}
writeFileSync(
  join(stage, 'package.json'),
  `${JSON.stringify(toPublishedManifest(manifest), undefined, 2)}\n`,
)

const packed = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', target], {
  cwd: stage,
  // An npm that runs this passes on its own folder, which the inner npm would pack.
  env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
})
const [{ filename }] = JSON.parse(packed) as [{ readonly filename: string }]
const tarball = join(target, filename)
const problems = await checkTarball(tarball, stage)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
console.log(tarball)

function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    ...options,
    encoding: 'utf8',
    shell: command === 'npm' && process.platform === 'win32',
  })
  if (status === 0) return stdout
  console.error(error?.message ?? `${stdout}${stderr}`)
  process.exit(1)
}
