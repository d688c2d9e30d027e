# Completion of cpd. The program gets the words before the cursor, one a line, and the word at the cursor. It answers
# with a word, a tab and a description a line. Without an answer, PowerShell completes the names of files.
Register-ArgumentCompleter -Native -CommandName cpd -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = $commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($null -ne $_.Value) { $_.Value } else { $_.Extent.Text } }
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $env:COMP_WORDS = $before -join "`n"
        $env:COMP_CWORD = "$wordToComplete".Trim("'", '"')
        $env:_CPD_COMPLETE = 'powershell_complete'
        cpd | Where-Object { $_ } | ForEach-Object {
            $word, $help = $_ -split "`t", 2
            [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $help)
        }
    } finally {
        $env:COMP_WORDS = $env:COMP_CWORD = $env:_CPD_COMPLETE = $null
        [Console]::OutputEncoding = $encoding
    }
}
