# Completion for bash. The program itself is asked which commands and options there are.

# Of the lines "word, what it takes, what it does" on standard input the words that begin as typed.
_touchstone_offer() {
    mapfile -t COMPREPLY < <(compgen -W "$(cut -f 1) $2" -- "$1")
}

_touchstone_files() {
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_touchstone() {
    local program=$1 word=$2 before=$3 command=${COMP_WORDS[1]} options takes
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        _touchstone_offer "$word" "help --help --version" < <("$program" help --words)
        return
    fi
    if [ "$command" = help ]; then
        _touchstone_offer "$word" "" < <("$program" help --words)
        return
    fi
    options=$("$program" help --words "$command" 2>/dev/null)
    takes=$(awk -F '\t' -v name="$before" '$1 == name { print $2 }' <<<"$options")
    case $takes,$word in
    ,-*) _touchstone_offer "$word" "" <<<"$options" ;;
    ,* | FILE,* | DIR,*) _touchstone_files "$word" ;;
    esac
}

complete -F _touchstone touchstone
