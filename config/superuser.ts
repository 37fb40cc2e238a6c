import env from '#start/env'

/** The first superuser, made at set-up if there is none. Without a password a generated one is printed once. */
const superuser = {
  username: env.get('SUPERUSER_USERNAME') ?? 'superadmin',
  email: env.get('SUPERUSER_EMAIL') ?? 'superadmin@example.org',
  password: env.get('SUPERUSER_PASSWORD'),
}

export default superuser
