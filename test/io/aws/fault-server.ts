import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

export interface Reply {
  status: number;
  /** Error type, as a header. */
  type?: string;
  /** XML of the query protocol when a string, JSON otherwise. */
  body?: object | string;
  headers?: Readonly<Record<string, string>>;
  /** Milliseconds until the answer begins. */
  after?: number;
  /** Cuts the connection instead of answering, or in the middle of the answer. */
  cut?: 'before' | 'within';
}

export type Replies = Record<string, Reply | ((request: IncomingMessage, body: string) => Reply)>;

export const account = '123456789012';
export const arn = `arn:aws-us-gov:kms:us-gov-west-1:${account}:key/11111111-2222-3333-4444-555555555555`;

export const caller = (callerArn: string): Reply => ({
  status: 200,
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>${callerArn}</Arn><UserId>AROAEXAMPLE:session</UserId>
    <Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
});

export const keyPolicy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws-us-gov:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
  ],
};

export const json = (body: object): Reply => ({ status: 200, body });

export const error = (status: number, type: string, body: object = {}): Reply => ({
  status,
  type,
  body: { __type: type, ...body },
});

/** An error of the query protocol, which STS speaks. */
export const queryError = (status: number, code: string, message = ''): Reply => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

export const metadata = {
  KeyId: arn.split('/')[1],
  Arn: arn,
  KeyState: 'Enabled',
  Enabled: true,
  KeyManager: 'CUSTOMER',
  KeySpec: 'SYMMETRIC_DEFAULT',
  MultiRegion: false,
};

export const stackArn = `arn:aws-us-gov:cloudformation:us-gov-west-1:${account}:stack/chat/11111111-2222-3333-4444-555555555555`;
export const changeSetArn = `arn:aws-us-gov:cloudformation:us-gov-west-1:${account}:changeSet/next/11111111-2222-3333-4444-555555555555`;

/** An answer of CloudFormation, which speaks the query protocol. */
export const xml = (call: string, result: string): Reply => ({
  status: 200,
  body: `<${call}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${call}Result>${result}</${call}Result>
    <ResponseMetadata><RequestId>request-2</RequestId></ResponseMetadata></${call}Response>`,
});

export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A stack that was checked for drift after it was made. */
export const stack = ({
  status = 'CREATE_COMPLETE',
  drift = 'IN_SYNC',
  checked = '2026-11-19',
  more = '',
} = {}): Reply =>
  xml(
    'DescribeStacks',
    `<Stacks><member><StackName>chat</StackName><StackId>${stackArn}</StackId><StackStatus>${status}</StackStatus>
      <CreationTime>2026-11-01T00:00:00Z</CreationTime><EnableTerminationProtection>true</EnableTerminationProtection>
      <DriftInformation><StackDriftStatus>${drift}</StackDriftStatus>
      ${checked ? `<LastCheckTimestamp>${checked}T00:00:00Z</LastCheckTimestamp>` : ''}</DriftInformation>
      ${more}</member></Stacks>`,
  );

export const stackParameters = (values: Readonly<Record<string, string>>): string =>
  `<Parameters>${Object.entries(values)
    .map(
      ([name, value]) =>
        `<member><ParameterKey>${name}</ParameterKey><ParameterValue>${value}</ParameterValue></member>`,
    )
    .join('')}</Parameters>`;

export const templateText = (text: string): Reply =>
  xml('GetTemplate', `<TemplateBody>${escaped(text)}</TemplateBody>`);

export const stackResources = (rows: readonly (readonly [id: string, type: string, physical: string])[]): Reply =>
  xml(
    'ListStackResources',
    `<StackResourceSummaries>${rows
      .map(
        ([id, type, physical]) =>
          `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType>
          <PhysicalResourceId>${physical}</PhysicalResourceId><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>`,
      )
      .join('')}</StackResourceSummaries>`,
  );

/** An account in which all is well: one key, that meets every requirement. */
export const well: Replies = {
  GetCallerIdentity: caller(`arn:aws-us-gov:sts::${account}:assumed-role/auditor/session`),
  DescribeKey: json({ KeyMetadata: metadata }),
  GetKeyRotationStatus: json({ KeyRotationEnabled: true, RotationPeriodInDays: 365 }),
  GetKeyPolicy: json({ Policy: JSON.stringify(keyPolicy), PolicyName: 'default' }),
  ListGrants: json({ Grants: [], Truncated: false }),
  ListResourceTags: json({ Tags: [], Truncated: false }),
  ListAliases: json({ Aliases: [{ AliasName: 'alias/model', TargetKeyId: metadata.KeyId }], Truncated: false }),
};

/** Speaks the protocols of KMS (JSON 1.1) and STS (query), with the answers it is given. */
export class FaultServer {
  replies: Replies = well;
  /** Calls received since they were last emptied. */
  calls: string[] = [];
  #server: Server | undefined;
  #scheme = 'http';

  async start(tls?: { key: string; cert: string }): Promise<void> {
    const listener = (request: IncomingMessage, response: ServerResponse) => void this.#take(request, response);
    this.#scheme = tls ? 'https' : 'http';
    this.#server = tls ? createSecureServer(tls, listener) : createServer(listener);
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get port(): number {
    const address = this.#server?.address();
    if (typeof address !== 'object' || address === null) throw new Error('the server is not listening');
    return address.port;
  }

  get endpoint(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}`;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks).toString('utf8');
    const call =
      String(request.headers['x-amz-target'] ?? '').split('.')[1] ??
      new URLSearchParams(sent).get('Action') ??
      'nothing';
    this.calls.push(call);
    const given = this.replies[call] ?? error(500, 'InternalFailure');
    const { status, body, type, headers, after = 0, cut } = typeof given === 'function' ? given(request, sent) : given;
    if (after > 0) await new Promise((resolve) => setTimeout(resolve, after));
    if (cut === 'before') return void request.socket.destroy();
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
    response.writeHead(status, {
      'content-type': typeof body === 'string' ? 'text/xml' : 'application/x-amz-json-1.1',
      'content-length': Buffer.byteLength(text),
      'x-amzn-requestid': 'request-1',
      ...(type ? { 'x-amzn-errortype': type } : {}),
      ...headers,
    });
    if (cut === 'within') {
      response.write(text.slice(0, text.length >> 1));
      setTimeout(() => request.socket.destroy(), 20);
    } else response.end(text);
  }
}
