type Kind = (at: number) => string;

const digest = '0123456789abcdef'.repeat(4);

/** Objects of one application, as charts write them. */
const kinds: readonly Kind[] = [
  (at) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${at}
  namespace: ns-${at % 20}
  labels: {app: app-${at}}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: app-${at}
  template:
    metadata:
      labels:
        app: app-${at}
    spec:
      serviceAccountName: app-${at}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
      - name: main
        image: 123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/app@sha256:${digest}
        args: ["--port", "8080"]
        ports:
        - containerPort: 8080
        env:
        - name: LOG_LEVEL
          value: "info"
        resources:
          limits: {cpu: "1", memory: 1Gi, ephemeral-storage: 1Gi}
          requests: {cpu: "1", memory: 1Gi}
        securityContext:
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          capabilities: {drop: [ALL]}
`,
  (at) => `apiVersion: v1
kind: Service
metadata:
  name: app-${at}
  namespace: ns-${at % 20}
spec:
  type: ClusterIP
  selector:
    app: app-${at}
  ports:
  - name: http
    port: 80
    targetPort: 8080
`,
  (at) => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: app-${at}
  namespace: ns-${at % 20}
automountServiceAccountToken: false
`,
  (at) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: app-${at}
  namespace: ns-${at % 20}
data:
  application.properties: |
    server.port=8080
    log.level=info
`,
];

/** A stream of so many Kubernetes objects; the same text for the same number. */
export const objectsOf = (count: number): string =>
  Array.from({ length: count }, (_, at) => kinds[at % kinds.length]?.(Math.floor(at / kinds.length))).join('---\n');
