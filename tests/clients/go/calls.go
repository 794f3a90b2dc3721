package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

type object = map[string]any

type outcome struct {
	Name    string `json:"name"`
	Problem string `json:"problem,omitempty"`
	Fault   string `json:"fault,omitempty"`
}

// Calls that client-go itself gets wrong: they fail with GitLab too.
var faults = map[string]string{
	"Integrations.SetGroupWebexTeamsSettings": "it cannot send the webhook, which GitLab demands",
}

var outcomes = []outcome{}

// Makes one call of a service and compares what came back, as JSON, with what is wanted: that object in part, or a list
// with such an object. It returns what came back, empty when the call failed. Arguments that are objects become the
// options that the call takes.
func call(service any, method string, wanted object, arguments ...any) object {
	name := strings.TrimSuffix(reflect.TypeOf(service).Elem().Name(), "Service") + "." + method
	function := reflect.ValueOf(service).MethodByName(method)
	if !function.IsValid() {
		panic("client-go has no " + name)
	}
	inputs := make([]reflect.Value, len(arguments))
	for index, argument := range arguments {
		inputs[index] = asInput(function.Type().In(index), argument)
	}
	results := function.Call(inputs)
	if failure, isFailure := results[len(results)-1].Interface().(error); isFailure {
		note(name, failure.Error())
		return object{}
	}
	text, rows := []byte{}, []object{{}}
	if len(results) > 2 {
		text, rows = asRows(results[0].Interface())
	}
	for _, row := range rows {
		if has(row, wanted) {
			note(name, "")
			return row
		}
	}
	note(name, "unexpected answer: "+string(text[:min(len(text), 200)]))
	return object{}
}

func note(name, problem string) {
	each := outcome{Name: name, Problem: problem}
	if problem != "" {
		each.Fault = faults[name]
	}
	outcomes = append(outcomes, each)
}

func asInput(kind reflect.Type, argument any) reflect.Value {
	values, isObject := argument.(object)
	if !isObject {
		return reflect.ValueOf(argument).Convert(kind)
	}
	pointer := kind.Kind() == reflect.Pointer
	if pointer {
		kind = kind.Elem()
	}
	input := reflect.New(kind)
	text, _ := json.Marshal(values)
	if failure := json.Unmarshal(text, input.Interface()); failure != nil {
		panic(failure)
	}
	if pointer {
		return input
	}
	return input.Elem()
}

func asRows(result any) ([]byte, []object) {
	text, _ := json.Marshal(result)
	rows, row := []object{}, object{}
	if json.Unmarshal(text, &rows) != nil {
		_ = json.Unmarshal(text, &row)
		rows = []object{row}
	}
	return text, rows
}

func has(given, wanted any) bool {
	part, isObject := wanted.(object)
	if !isObject {
		return fmt.Sprint(given) == fmt.Sprint(wanted)
	}
	whole, isObject := given.(object)
	for name, value := range part {
		if !isObject || !has(whole[name], value) {
			return false
		}
	}
	return true
}

// The number of an object, 0 where there is none because the call for it failed.
func idOf(row object) int64 {
	id, _ := row["id"].(float64)
	return int64(id)
}
