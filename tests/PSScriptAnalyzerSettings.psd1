# For Invoke-ScriptAnalyzer tests -Recurse -Settings tests/PSScriptAnalyzerSettings.psd1; everywhere else its default rules hold as they are.
@{
    ExcludeRules = @(
        # Pester runs BeforeAll, BeforeEach and It in one scope: a variable is used in another block than the one that sets it.
        'PSUseDeclaredVarsMoreThanAssignments'

        # The secrets here are the tests' own, and have to be written down to be looked for.
        'PSAvoidUsingConvertToSecureStringWithPlainText'

        # The stand-ins have the names and parameters of what they stand in for, and do not need all of them.
        'PSAvoidOverwritingBuiltInCmdlets'
        'PSReviewUnusedParameter'
        'PSShouldProcess'

        # The functions of a test prepare it; nobody calls them with -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'
        'PSAvoidUsingPositionalParameters'

        # What a test says of itself goes to whoever watches, and into no result.
        'PSAvoidUsingWriteHost'
    )
}
