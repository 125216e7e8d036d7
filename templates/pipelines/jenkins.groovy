// The gate on manifests, before anything is deployed. Written by rampart init --ci jenkins; yours to change.
// Give it as the script path of a pipeline job (Jenkinsfile.rampart). The agent needs Node 20.19 or later, and RAMPART_ACCOUNT
// in its environment where boundary.account of rampart.yaml reads it there.
pipeline {
    agent any

    options {
        timeout(time: 15, unit: 'MINUTES')
        disableConcurrentBuilds()
    }

    environment {
        // The version this file was written with. The name must be one that your registry holds; otherwise give the file
        // that npm pack made, kept in the repository: ./vendor/rampart-@version@.tgz
        RAMPART_PACKAGE = 'rampart@@version@'
        // @manifests-are@
        RAMPART_MANIFESTS = '@manifests@'
    }

    stages {
        stage('Rampart') {
            steps {
                // The stage fails on whatever is not a pass or waived.
                sh 'npx --yes --package "$RAMPART_PACKAGE" -- rampart check "$RAMPART_MANIFESTS" --force' +
                    ' --format human --format junit=rampart.xml --format sarif=rampart.sarif'
            }
        }
    }

    post {
        always {
            junit testResults: 'rampart.xml', allowEmptyResults: true
            archiveArtifacts artifacts: 'rampart.xml, rampart.sarif', allowEmptyArchive: true
        }
    }
}
