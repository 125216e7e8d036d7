/**
 * What secrets are called, at the end of the name of whatever holds one: the one list for environments, entries of a secret, scripts
 * and parameters. `TOKEN_URL`, `SECRET_ARN`, `PASSWORD_POLICY`, `MAX_TOKENS` and `KEY_ID` end otherwise. Without look-around and flags, since
 * other engines read it too.
 */
const spelt = [
  // DB_PASSWORD, PGPASSWORD, API_KEY; an ENCRYPTION_KEY is as often the name of one in KMS
  '(?:^|[_-])(?:TOKEN|PASS|PASSPHRASE|SECRET|SECRET_KEY|SECRET_KEY_BASE|SECRET_ACCESS_KEY|ACCESS_KEY|ACCESS_KEY_ID|API[_-]?KEY|PRIVATE_KEY|MASTER_KEY|SALT_KEY|SIGNING_KEY|SHARED_KEY|ACCOUNT_KEY|CREDENTIALS?)$',
  '(?:PASSWORD|PASSWD|_PWD)$',
  // db_password, spring.datasource.password, --api-key
  '(?:^|[_./-])(?:token|passphrase|secret|secret[_-]key|secret[_-]access[_-]key|access[_-]key|access[_-]key[_-]id|api[_-]?key|private[_-]?key|credentials?|apiKey|accessKey(?:Id)?|secretKey|secretAccessKey|privateKey)$',
  '(?:password|passwd)$',
  // DbPassword, dbApiKey
  '(?:Token|Passw(?:or)?d|PassPhrase|Passphrase|Secret|SecretKey|SecretAccessKey|AccessKey|AccessKeyId|A(?:pi|PI)Key|PrivateKey|Credentials?)$',
];

export const secretName = spelt.join('|');

const pattern = new RegExp(secretName, 'u');

export const namesSecret = (name: string): boolean => pattern.test(name);
