export interface Platform {
  readonly os: string
  readonly cpu: string
  libc(): string
}

export function reasonToInstall(root: string, platform?: Platform): string | undefined
export function thisPlatform(): Platform
export function environmentForNpm(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv
