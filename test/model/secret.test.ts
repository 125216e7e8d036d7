import assert from 'node:assert/strict';
import { namesSecret } from '#model/secret-name.js';
import { decoded, scriptHoldsSecret } from '#model/secret-script.js';
import { hasShapedSecret, shapedSecrets } from '#model/secret-shape.js';
import { spellsSecret } from '#model/secret-text.js';

/** One name or text per line. */
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

const tables: readonly [
  what: string,
  tells: (text: string) => boolean,
  yes: readonly string[],
  no: readonly string[],
][] = [
  [
    'a name of a secret',
    namesSecret,
    'DB_PASSWORD DBPASSWORD PGPASSWORD MYSQL_PWD DbPassword dbPassword TOKEN HF_TOKEN access_token API_KEY APIKEY apiKey dbApiKey X-API-KEY x-api-key api-key SECRET client_secret clientSecret AwsSecretAccessKey AWS_ACCESS_KEY_ID SECRET_KEY_BASE spring.datasource.password private-key CREDENTIALS LITELLM_MASTER_KEY LITELLM_SALT_KEY JWT_SIGNING_KEY'.split(
      ' ',
    ),
    'TOKEN_URL TOKEN_ENDPOINT PASSWORD_POLICY PASSWORD_FILE KEY_ID KMS_KEY SECRET_ARN SECRET_NAME SECRET_ID MAX_TOKENS TOKENIZER TOKENIZER_PATH PWD BYPASS COMPASS MONKEY KEY SSH_KEY_NAME KMS_MASTER_KEY_ID KMS_ENCRYPTION_KEY kms_master_key'.split(
      ' ',
    ),
  ],
  [
    'a text that spells a secret out',
    spellsSecret,
    lines(`
changeme
hunter2
1234
P@ssw0rd!
my-secret
wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
{"username": "a", "password": "hunter2"}
{"keys": [{"api_key": "hunter2"}]}
\${}-password
https://user:hunter2@host/
`),
    [
      '',
      '   ',
      ...lines(`
true
off
12
arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:t
/run/secrets/db
/prod/App/DB_PASSWORD
prod/db/password
\${}
\${}\${}
\${}/db/password
\${DB_PASSWORD}
$DB_PASSWORD
$(DB_PASSWORD)
{{ password }}
<password>
%PASSWORD%
#{password}#
__DB_PASSWORD__
https://auth.internal/oauth2/token
vault:secret/data/db#password
postgres://app:\${}@db.internal:5432/app?sslmode=require
postgres://app:\${}@\${}/app
Bearer \${}
projects/p/secrets/db/versions/1
@Microsoft.KeyVault(SecretUri=https://v.vault.usgovcloudapi.net/secrets/db/)
PLACEHOLDER - run the command in the description
{"username": "a", "host": "db.internal"}
{"username": "a", "password": "\${}"}
{"password": ""}
`),
    ],
  ],
  [
    'a script that holds a secret',
    scriptHoldsSecret,
    lines(`
export DB_PASSWORD=hunter2
DB_PASSWORD='hunter2' run
docker run -e API_KEY=hunter2 image
kubectl create secret generic s --from-literal=password=hunter2
curl -u user:hunter2 https://host/
curl -s --user "user:hunter2" https://host/
git clone https://user:hunter2@host/x.git
mysql --user=u --password=hunter2
mysql -u root -phunter2 -e 'SELECT 1'
mysqldump -p'hunter2' db
aws rds modify-db-instance --master-user-password hunter2
$Password = "hunter2"
ConvertTo-SecureString "hunter2" -AsPlainText -Force
echo 'root:hunter2' | chpasswd
echo hunter2 | sudo -S true
echo hunter2 | docker login --password-stdin host
mysqladmin -u root password hunter2
mysqladmin -u root password 'hunter2'
docker login -u user -p hunter2 registry.internal
helm registry login registry.internal -u user -phunter2
az login --service-principal -u id -p hunter2 --tenant t
redis-cli -h cache.internal -a hunter2 ping
sshpass -p hunter2 ssh host
htpasswd -cb /etc/nginx/users admin hunter2
openssl rsa -in a.pem -passin pass:hunter2
net user admin hunter2 /add
{"user":"u","password":"hunter2"}
  password: hunter2
Server=db;Database=d;User Id=u;Password=hunter2;
x=ghp_${'0123456789abcdefghijABCDEFGHIJ012345'}
`),
    lines(`
TOKEN=$(curl -X PUT "http://169.254.169.254/latest/api/token")
TOKEN=\`curl http://169.254.169.254/latest/api/token\`
curl -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/
export DB_PASSWORD="$(aws secretsmanager get-secret-value --secret-id db)"
export DB_PASSWORD=\${}
PASSWORD="\${PREFIX}-suffix"
PASSWORD=
SECRET_ARN=arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:t
# password: hunter2
curl -u "user:$PASSWORD" https://host/
git clone https://user:\${TOKEN}@host/x.git
docker login -u user --password-stdin host
aws secretsmanager get-secret-value --secret-id db --query SecretString
token = get_token()
secret = json.loads(text)
password=os.environ["PASSWORD"]
connect(user=user, password=password)
connect(password=self.password)
  password: \${}
  password: {{ password }}
password:
docker pull docker://image:1@sha256:0123
max_tokens=512 tokenizer=x
mysql -u root -p
mysql -u root -p -h host
mysql -u root -p"$PASSWORD"
mysql -u root -p\${} -h host
yum install -y mysql && mkdir -p/srv/data
docker run --name mysql -p3306:3306 image
mysqladmin -u root -p password
mysqladmin -u root password "$PASSWORD"
docker login -u user -p "$TOKEN" registry.internal
docker login registry.internal
redis-cli -h cache.internal ping -a $AUTH
sshpass -p "$PASSWORD" ssh host
sshpass -f file ssh host
htpasswd -c /etc/nginx/users admin
openssl rsa -in a.pem -passin env:PASS
net user guest /active:no
net user admin $env:Pass /add
aws sso login -profile prod
`),
  ],
];

describe('secrets', () => {
  for (const [what, tells, yes, no] of tables) {
    for (const text of yes) it(`${what}: ${text.slice(0, 60)}`, () => assert.ok(tells(text)));
    for (const text of no) it(`not ${what}: ${text.slice(0, 60)}`, () => assert.ok(!tells(text)));
  }

  it('lines that go on are one', () => assert.ok(scriptHoldsSecret('run \\\n  --password \\\n  hunter2')));

  it('of cloud-init are in lists of users, unless they are hashed or drawn', () => {
    const list = (...lines: string[]) =>
      ['#cloud-config', 'chpasswd:', '  expire: false', '  list: |', ...lines].join('\n');
    assert.ok(scriptHoldsSecret(list('    root:hunter2')));
    assert.ok(scriptHoldsSecret(list('    root:$6$salt$hash', '    admin:hunter2', 'runcmd: []')));
    assert.ok(scriptHoldsSecret(['chpasswd:', '  list:', '    - root:hunter2'].join('\n')));
    assert.ok(!scriptHoldsSecret(list('    root:$6$salt$hash', '    admin:RANDOM', 'runcmd:', '  - a:b')));
  });

  it('are told by their form, with the place', () => {
    assert.ok(hasShapedSecret('glpat-0123456789abcdefghij'));
    assert.deepEqual(shapedSecrets('x glpat-0123456789abcdefghij'), [{ index: 2, kind: 'GitLab token' }]);
  });

  it('decodes Base64 of texts, and nothing else', () => {
    assert.equal(decoded(Buffer.from('export HF_TOKEN=hunter2').toString('base64')), 'export HF_TOKEN=hunter2');
    assert.equal(decoded('#!/bin/bash echo'), undefined);
    assert.equal(decoded(Buffer.from([31, 139, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]).toString('base64')), undefined);
  });

  it('takes time in proportion to hostile scripts', () => {
    for (const piece of [
      'A=',
      'password',
      'password:',
      'echo ',
      'curl ',
      'mysql ',
      'mysql -p ',
      '--a ',
      '"a',
      '://',
      '://a:',
      'echo x|',
      '- ',
      '\\\n',
      'secret_key:',
      'Default:',
      'chpasswd:\n list:\n a:',
      'chpasswd:\n',
      'mysqladmin ',
      'docker login ',
      'login -p ',
      'redis-cli -a ',
      'htpasswd -b ',
      'net user a ',
    ]) {
      const text = piece.repeat(2 ** 17 / piece.length);
      const start = process.hrtime.bigint();
      scriptHoldsSecret(text);
      assert.ok(Number(process.hrtime.bigint() - start) / 1e6 < 3000, piece);
    }
  });

  it('takes time in proportion to hostile values and names', () => {
    const pieces = [' ', '-', 'a', 'A', '_', '/', '/a', '${', '${a}', '.', '{{', '<', '=', 'a/', '\n', 'a.'];
    const starts = ['', 'PLACEHOLDER', 'TODO-', '/', 'a', '${', '{{', '<', 'arn:', 'x://', 'vault:'];
    for (const [piece, start] of pieces.flatMap((piece) => starts.map((start) => [piece, start] as const))) {
      const text = `${start}${piece.repeat(2 ** 17 / piece.length)}!`;
      const began = process.hrtime.bigint();
      spellsSecret(text);
      namesSecret(text);
      decoded(text);
      assert.ok(Number(process.hrtime.bigint() - began) / 1e6 < 1000, JSON.stringify([start, piece]));
    }
  });
});
