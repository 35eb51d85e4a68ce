/**
 * The completion scripts by shell. Each passes the words before the cursor to `kit __complete`, which knows
 * the rest, so a script does not change when a verb does.
 */
export const scripts: Readonly<Record<string, string>> = {
  bash: `# bash completion for kit

_kit() {
  local rest=\${COMP_LINE:0:COMP_POINT} word current start line i
  local -a typed=() lines=()
  # Bash splits words at "=" and ":": those that are not separated by a space belong together.
  rest=\${rest#"\${COMP_WORDS[0]}"}
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $rest == [[:space:]]* || $i -eq 1 ]]; then
      rest=\${rest#"\${rest%%[![:space:]]*}"}
      typed+=("")
    fi
    ((i == COMP_CWORD)) && word=$rest
    typed[\${#typed[@]}-1]+=$word
    rest=\${rest#"$word"}
  done
  current=\${typed[\${#typed[@]}-1]}
  # Bash replaces only what follows the last of them.
  start=
  if [[ $COMP_WORDBREAKS == *:* && $current == *[:=]* ]]; then start=\${current%"\${current##*[:=]}"}; fi

  COMPREPLY=()
  mapfile -t lines < <("\${COMP_WORDS[0]/#\\~/$HOME}" __complete "\${typed[@]}" 2>/dev/null)
  for line in "\${lines[@]}"; do
    case $line in
      :files) compopt -o filenames; mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "\${current#"$start"}") ;;
      :folders) compopt -o filenames; mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "\${current#"$start"}") ;;
      *)
        line=\${line%%$'\\t'*}
        COMPREPLY+=("\${line#"$start"}")
        ;;
    esac
  done
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[/:,=] ]]; then compopt -o nospace; fi
}

complete -o nosort -F _kit kit
`,
  zsh: `#compdef kit
# zsh completion for kit
compdef _kit kit

_kit() {
  local line value
  local -a lines closed open
  lines=("\${(@f)$("\${(Q)words[1]}" __complete "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  for line in "\${lines[@]}"; do
    case $line in
      ''|:files|:folders) continue ;;
    esac
    value=\${\${line%%$'\\t'*}//:/\\\\:}
    [[ $line == *$'\\t'* ]] && line=$value:\${line#*$'\\t'} || line=$value
    if [[ $value == *[/:,=] ]]; then open+=("$line"); else closed+=("$line"); fi
  done
  (( \${#closed} )) && _describe -t words kit closed
  (( \${#open} )) && _describe -t words kit open -S ''
  [[ \${lines[-1]} == :files ]] && { compset -P '--*='; _files }
  [[ \${lines[-1]} == :folders ]] && { compset -P '--*='; _files -/ }
  return 0
}

# Loaded from a folder of fpath, the file is the body of the function.
if [[ \${funcstack[1]} == _kit ]]; then _kit "$@"; fi
`,
  fish: `# fish completion for kit

function __kit_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    for line in ($typed[1] __complete $typed[2..] "$current" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path "$current"
            case :folders
                __fish_complete_directories "$current" ''
            case '*'
                echo $line
        end
    end
end

complete -c kit -f -a '(__kit_complete)'
`,
};
